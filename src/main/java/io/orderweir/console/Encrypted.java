package io.orderweir.console;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

/** Whether the browser's own connection is encrypted: here, or at a proxy that says so. Who says it without a proxy binds only her own browser. */
final class Encrypted {

    private Encrypted() {
    }

    static boolean is(UriInfo uri, HttpHeaders headers) {
        return is(uri, headers.getRequestHeaders());
    }

    static boolean is(UriInfo uri, MultivaluedMap<String, String> headers) {
        String forwarded = headers.getFirst("Forwarded");
        return "https".equals(uri.getRequestUri().getScheme()) || "https".equalsIgnoreCase(headers.getFirst("X-Forwarded-Proto"))
                || forwarded != null && forwarded.matches("(?i)([^,]*;)?\\s*proto=\"?https\"?\\s*([;,].*)?");
    }
}
