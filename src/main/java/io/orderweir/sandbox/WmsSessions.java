package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Who calls the pretend warehouse: by its fixed token behind {@code Bearer}, or in {@code X-Session} by the session of a login with user and password, which lives {@code tokenLivesSeconds}. */
@ApplicationScoped
@Named("sandboxWmsSessions")
@RegisterForReflection
public class WmsSessions {
    private final IssuedTokens sessions;

    @Inject
    WmsSessions(Vendors vendors) {
        this(vendors.settings("wms"), InstantSource.system());
    }

    WmsSessions(Settings settings, InstantSource clock) {
        this.sessions = new IssuedTokens(settings, clock);
    }

    /** The variable known is true when the call says who makes it, or is a login, which needs to say nothing else. */
    public void check(Exchange exchange) {
        String session = exchange.getMessage().getHeader("X-Session", "", String.class);
        String bearer = exchange.getMessage().getHeader("Authorization", "", String.class);
        exchange.setVariable("known", "/sessions".equals(exchange.getMessage().getHeader(Exchange.HTTP_PATH)) || bearer.startsWith("Bearer ") && sessions.says("token", bearer.substring("Bearer ".length()))
                || sessions.lets(session));
    }

    /** A session for a user and its password, which are all that the body may say; else the refusal. */
    public void login(Exchange exchange) {
        ObjectNode said = RestCall.body(exchange);
        if (said == null || said.size() != 2 || !said.path("user").isTextual() || !said.path("password").isTextual()) {
            refuse(exchange, 422, "INVALID");
        } else if (!sessions.says("user", said.path("user").textValue()) || !sessions.says("password", said.path("password").textValue())) {
            refuse(exchange, 401, "UNAUTHORIZED");
        } else {
            String session = UUID.randomUUID().toString();
            exchange.getMessage().setBody(Json.write(Json.object().put("session", session).set("expires_in", sessions.give(session).get("expires_in"))));
        }
    }

    private static void refuse(Exchange exchange, int status, String error) {
        exchange.setVariable("outcome", "auth");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(Json.write(Json.object().put("error", error)));
    }
}
