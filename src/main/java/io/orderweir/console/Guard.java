package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.hold.Refused;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The console's outer wall: there only where the role runs, commands from its own pages or with a token only, and answers that no browser
 * reads wrongly. What a browser says of a request's origin (Fetch Metadata, W3C; else Origin, RFC 6454) no other site can change.
 */
public class Guard {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    @Inject
    Connections connections;

    @ServerRequestFilter
    public Optional<Response> enter(ContainerRequestContext request) {
        if (!connections.hasRole("console")) {
            return Optional.of(Response.status(404).build());
        }
        if (!READING.contains(request.getMethod()) && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null && !fromOurPages(request)) {
            return Optional.of(Failures.answer(new Refused(403, "This came from another site's page, or from a program without a token. Nothing was done."), request));
        }
        return Optional.empty();
    }

    private static boolean fromOurPages(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeaderString("Origin");
        try {
            return origin != null && URI.create(origin).getAuthority() != null && URI.create(origin).getAuthority().equals(request.getHeaderString(HttpHeaders.HOST))
                    && (Encrypted.is(request.getUriInfo(), request.getHeaders()) ? "https" : "http").equals(URI.create(origin).getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @ServerResponseFilter
    public void harden(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (Encrypted.is(request.getUriInfo(), request.getHeaders())) {
            headers.putSingle("Strict-Transport-Security", "max-age=31536000");
        }
        headers.putSingle("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("X-Frame-Options", "DENY");
        headers.putSingle("Referrer-Policy", "same-origin");
        headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        headers.putSingle("Cache-Control", "no-store");
    }
}
