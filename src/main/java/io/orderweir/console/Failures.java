package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.hold.Refused;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers what is refused with a status and a sentence: as {@code {"error": "...", "faults": [...]}} at the API, as a page to a browser. */
public class Failures {

    /** The page of a hold that stands at the address of what was sent, because something of it was refused. */
    private static final Pattern ANSWERED = Pattern.compile("^(/holds/\\d+|/holds(?=/group/)).*");

    @Inject
    Connections connections;

    @ServerExceptionMapper
    public Response refused(Refused refused, ContainerRequestContext request) {
        return answer(refused, request);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Uni<Response> unknown(ContainerRequestContext request, RoutingContext context) {
        if (!connections.hasRole("console")) {
            return Uni.createFrom().item(Response.status(404).build());
        }
        String path = request.getUriInfo().getPath();
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        if (path.equals("/sso") && authenticator != null) {
            return authenticator.getChallenge(context).map(challenge ->
                    Response.status(challenge.status).header(challenge.headerName.toString(), challenge.headerContent).build());
        }
        if (api(request)) {
            return Uni.createFrom().item(Response.fromResponse(answer(new Refused(401,
                    "Say who you are: send a token as 'Authorization: Bearer ow_...'. An admin makes one on the page People."), request))
                    .header("WWW-Authenticate", "Bearer realm=\"orderweir\"").build());
        }
        String page = request.getMethod().equals("GET") ? inside(request.getUriInfo().getRequestUri()) : pageOfTheForm(request);
        return Uni.createFrom().item(Response.seeOther(URI.create("/login" + (page.equals("/") ? "" : "?to=" + URLEncoder.encode(page, StandardCharsets.UTF_8)))).build());
    }

    /** Where the form stood that was sent: what was typed into it is put back there (console.js). */
    private static String pageOfTheForm(ContainerRequestContext request) {
        try {
            URI form = new URI(Objects.requireNonNullElse(request.getHeaderString("Referer"), "/"));
            return Objects.equals(form.getRawAuthority(), request.getUriInfo().getRequestUri().getRawAuthority()) ? ANSWERED.matcher(inside(form)).replaceFirst("$1") : "/";
        } catch (URISyntaxException none) {
            return "/";
        }
    }

    private static String inside(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    @ServerExceptionMapper
    public Response notAllowed(ForbiddenException forbidden, ContainerRequestContext request) {
        return answer(new Refused(403, "Your role does not include this. An admin says who may do what, on the page People."), request);
    }

    static Response answer(Refused refused, ContainerRequestContext request) {
        if (!api(request)) {
            return Response.status(refused.status()).type(MediaType.TEXT_HTML).entity(Templates.refused(refused)).build();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", refused.getMessage());
        if (!refused.faults().isEmpty()) {
            answer.put("faults", refused.faults());
        }
        return Response.status(refused.status()).type(MediaType.APPLICATION_JSON).entity(answer).build();
    }

    private static boolean api(ContainerRequestContext request) {
        return request.getUriInfo().getPath().startsWith("/api/");
    }
}
