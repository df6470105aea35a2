package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * The tokens of the pretend Business Central, which the pretend Microsoft Entra gives to an application for its credentials at {@code /<tenant>/oauth2/v2.0/token} (learn.microsoft.com, entra, identity-platform:
 * v2-oauth2-client-creds-grant-flow, reference-error-codes). Each lives an hour, to its own end. Numbers and words of errors are those of
 * reference-error-codes and of answers that people show. Unverified: that a wrong secret is answered 401 and everything else 400, and in which order it looks.
 */
@ApplicationScoped
@Named("sandboxEntra")
@RegisterForReflection
public class EntraTokens {
    private static final Pattern PLACE = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
    private static final String SCOPE = "https://api.businesscentral.dynamics.com/.default";
    private static final String BEARER = "Bearer ";

    private final IssuedTokens tokens;
    private final InstantSource clock;

    @Inject
    EntraTokens(Vendors vendors) {
        this(vendors.settings("business-central"), InstantSource.system());
    }

    EntraTokens(Settings settings, InstantSource clock) {
        this.tokens = new IssuedTokens(settings, clock);
        this.clock = clock;
    }

    /** The variable known is true when the bearer token of the call is one that lives; asksForToken when the call asks for one, which needs none. */
    public void check(Exchange exchange) {
        String said = exchange.getMessage().getHeader("Authorization", "", String.class);
        exchange.setVariable("asksForToken", place(exchange).matches() && "POST".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class)));
        exchange.setVariable("known", said.startsWith(BEARER) && lets(said.substring(BEARER.length())));
    }

    /** A token for the application's credentials in the body; else the refusal. */
    public void token(Exchange exchange) {
        Matcher place = place(exchange);
        ObjectNode answer = place.matches() ? answer(place.group(1), exchange.getMessage().getBody(String.class)) : Json.object();
        if (answer.has("error")) {
            exchange.setVariable("outcome", "auth");
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answer.path("error").asText().equals("invalid_client") ? 401 : 400);
        }
        exchange.getMessage().setBody(Json.write(answer));
    }

    private static Matcher place(Exchange exchange) {
        return PLACE.matcher(exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class));
    }

    /** The body of the answer to a form: a token, or {@code error} in it. */
    ObjectNode answer(String tenant, String form) {
        Map<String, String> said = IssuedTokens.form(form);
        for (String field : new String[] {"grant_type", "client_id"}) {
            if (said.getOrDefault(field, "").isEmpty()) {
                return refused("invalid_request", 900144, "The request body must contain the following parameter: '" + field + "'.");
            }
        }
        if (!tokens.says("tenant", tenant)) {
            return refused("invalid_request", 90002, "Tenant '" + tenant + "' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");
        }
        if (!said.get("grant_type").equals("client_credentials")) {
            return refused("unsupported_grant_type", 70003, "The app requested an unsupported grant type '" + said.get("grant_type") + "'.");
        }
        String client = said.get("client_id");
        if (!tokens.says("clientId", client)) {
            return refused("unauthorized_client", 700016, "Application with identifier '" + client + "' was not found in the directory '" + tenant + "'.");
        }
        String scope = said.getOrDefault("scope", "");
        if (scope.isEmpty()) {
            return refused("invalid_request", 900144, "The request body must contain the following parameter: 'scope'.");
        }
        if (!scope.endsWith("/.default")) {
            return refused("invalid_scope", 1002012, "The provided value for scope " + scope + " is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).");
        }
        if (!scope.equals(SCOPE)) {
            return refused("invalid_resource", 500011, "The resource principal named " + scope.replace("/.default", "") + " was not found in the tenant named " + tenant + ".");
        }
        if (said.getOrDefault("client_secret", "").isEmpty()) {
            return refused("invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        if (!tokens.says("clientSecret", said.get("client_secret"))) {
            return refused("invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '" + client + "'.");
        }
        ObjectNode given = tokens.give("eyJ0eXAiOiJKV1QifQ." + UUID.randomUUID().toString().replace("-", "") + ".sandbox");
        return given.put("token_type", "Bearer").put("ext_expires_in", given.path("expires_in").asInt());
    }

    /** Is it one for this vendor, and has it not ended? */
    boolean lets(String token) {
        return tokens.says("token", token) || tokens.lets(token);
    }

    private ObjectNode refused(String error, int code, String words) {
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        String at = Instant.ofEpochMilli(clock.millis()).truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
        ObjectNode refused = Json.object().put("error", error).put("error_description", "AADSTS" + code + ": " + words + " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: " + at);
        refused.putArray("error_codes").add(code);
        return refused.put("timestamp", at).put("trace_id", trace).put("correlation_id", correlation).put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
    }
}
