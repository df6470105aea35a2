package io.orderweir.console;

import io.orderweir.connection.Connections;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Lets in who holds the operator key: by header at the API, by a signed cookie on the pages. */
public class Guard {

    static final String COOKIE = "orderweir";
    /** Request properties for the resources: who acts, and the session its forms belong to. */
    static final String PERSON = "orderweir.person";
    static final String SESSION = "orderweir.session";
    private static final String BEARER = "Bearer ";

    @Inject
    OperatorKey key;

    @Inject
    Connections connections;

    @ServerRequestFilter
    public Optional<Response> enter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!connections.hasRole("console")) {
            return Optional.of(Response.status(404).build());
        }
        Cookie cookie = request.getCookies().get(COOKIE);
        Optional<String> person = cookie == null ? Optional.empty() : key.person(cookie.getValue());
        if (path.startsWith("/api/")) {
            return api(request, person);
        }
        if (path.equals("/login")) {
            return Optional.empty();
        }
        if (person.isEmpty()) {
            return Optional.of(Response.seeOther(URI.create("/login")).build());
        }
        request.setProperty(PERSON, person.get());
        request.setProperty(SESSION, cookie.getValue());
        return Optional.empty();
    }

    /** A cookie opens the API for reading only: it would be sent along with a form of another site's making. */
    private Optional<Response> api(ContainerRequestContext request, Optional<String> person) {
        String authorization = request.getHeaderString("Authorization");
        String bearer = authorization != null && authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : null;
        boolean byKey = key.opens(request.getHeaderString("X-Operator-Key")) || key.opens(bearer);
        if (!byKey && !(person.isPresent() && request.getMethod().equals("GET"))) {
            return Optional.of(Response.status(401).type(MediaType.APPLICATION_JSON).entity(Map.of("error",
                    "The operator key is missing or wrong. Send it as X-Operator-Key; it is orderweir.console.key, or was printed at the start.")).build());
        }
        request.setProperty(PERSON, byKey ? named(request.getHeaderString("X-Operator")) : person.get());
        return Optional.empty();
    }

    /** A name fit for the books: one line of at most 80 characters. */
    static String named(String name) {
        String clean = name == null ? "" : name.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cf}]+", " ").strip();
        return clean.isEmpty() ? "operator" : clean.substring(0, clean.offsetByCodePoints(0, Math.min(80, clean.codePointCount(0, clean.length()))));
    }

    @ServerResponseFilter
    public void harden(ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("X-Frame-Options", "DENY");
        headers.putSingle("Referrer-Policy", "no-referrer");
        headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        headers.putSingle("Cache-Control", "no-store");
    }
}
