package io.orderweir.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.connector.Auth;
import io.orderweir.privacy.Scrubber;
import io.orderweir.wire.ReceivedHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The request for a token, and what its answer says (RFC 6749, sections 4.4, 5 and 6; RFC 7523, section 2.2), or for a session. */
@ApplicationScoped
@Named("tokenRequest")
@RegisterForReflection
public class TokenRequest {

    private static final String REFRESH = "refresh";
    private static final int MOST_WORDS = 300;

    private final InstantSource clock = InstantSource.system();

    @Inject
    Connections connections;

    @Inject
    TokenSeal seal;

    @Inject
    Scrubber scrubber;

    @Inject
    ObjectMapper json;

    /** In: variable connection. Out: variables tokenKeys (JSON array: the names of the keys that open what is sealed) and repeatable (asking twice does no harm). */
    public void terms(Exchange exchange) {
        exchange.setVariable("tokenKeys", json.valueToTree(seal.names()).toString());
        exchange.setVariable("repeatable", way(exchange).oldLives());
    }

    /** In: variables connection, url, refresh (sealed, base64, or null). Out: the request: variables url, method, path and query, headers and body. */
    public void ask(Exchange exchange) {
        String connection = exchange.getVariable("connection", String.class);
        Auth way = way(exchange);
        URI where = URI.create(way.tokenUrl(exchange.getVariable("url", String.class), connections.connection(connection).settings()));
        exchange.setVariable("url", where.getScheme() + "://" + where.getRawAuthority());
        exchange.setVariable("method", "POST");
        exchange.setVariable("path", where.getRawPath());
        exchange.setVariable("query", where.getRawQuery() == null ? "" : where.getRawQuery());
        exchange.getMessage().setHeader("Accept", "application/json");
        if (way.kind() == Auth.Kind.SESSION) {
            exchange.getMessage().setHeader("Content-Type", "application/json");
            exchange.getMessage().setBody(way.login(name -> way.credentials().contains(name) ? connections.credential(connection, name) : connections.setting(connection, name, "")).toString());
            return;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", way.kind() == Auth.Kind.OAUTH2_REFRESH ? "refresh_token" : "client_credentials");
        String id = connections.credential(connection, "client-id");
        if (way.kind() == Auth.Kind.OAUTH2_JWT) {
            String assertion = Assertion.of(connections.privateKey(connection), connections.credential(connection, "certificate-id"), id, way.scope(), where.toString(), clock.instant());
            scrubber.learn(assertion);
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", assertion);
        } else {
            withSecret(exchange, connection, way, id, form);
        }
        exchange.getMessage().setHeader("Content-Type", "application/x-www-form-urlencoded");
        exchange.getMessage().setBody(form.entrySet().stream().map(field -> field.getKey() + "=" + encoded(field.getValue())).collect(Collectors.joining("&")));
    }

    private void withSecret(Exchange exchange, String connection, Auth way, String id, Map<String, String> form) {
        if (way.kind() == Auth.Kind.OAUTH2_REFRESH) {
            form.put("refresh_token", refresh(exchange, connection));
        }
        if (way.scope() != null) {
            form.put("scope", way.scope());
        }
        String secret = connections.credential(connection, "client-secret");
        if (way.clientIn() == Auth.ClientIn.BODY) {
            form.put("client_id", id);
            form.put("client_secret", secret);
        } else {
            exchange.getMessage().setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString((encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The one that came with the last token; the account's own where there is none, or a person has set another one since. */
    private String refresh(Exchange exchange, String connection) {
        String own = connections.credential(connection, "refresh-token");
        String sealed = exchange.getVariable(REFRESH, String.class);
        JsonNode kept = sealed == null ? json.missingNode() : read(new String(Base64.getMimeDecoder().decode(sealed), StandardCharsets.UTF_8));
        if (!kept.path("of").asText().equals(TokenSeal.name(own.getBytes(StandardCharsets.UTF_8)))) {
            return own;
        }
        String secret = seal.open(connection, REFRESH, kept.path("key").asText(), Base64.getDecoder().decode(kept.path("sealed").asText()));
        scrubber.learn(secret);
        return secret;
    }

    /** Takes what is secret in an answer to a request for a token out of all that is kept or shown, before anybody writes it down. In: variables verb and answer. */
    public void keep(Exchange exchange) {
        if (SignIn.TOKEN.equals(exchange.getVariable("verb"))) {
            JsonNode said = read(exchange.getVariable("answer", String.class));
            List.of("access_token", "refresh_token", "id_token").forEach(name -> scrubber.learn(said.path(name).textValue()));
            scrubber.learn(token(exchange, said));
        }
    }

    /**
     * What a request for a token came to. In: variables outcome, failure, status, answer, connection, label. Out: variable found, as db/functions/token/R__token_settle.sql takes it; where no token was
     * given outcome hold, which holds nobody, and reason.
     */
    public void answered(Exchange exchange) {
        String connection = exchange.getVariable("connection", String.class);
        String outcome = exchange.getVariable("outcome", String.class);
        exchange.removeVariable("found");
        if (outcome.equals("later") || outcome.equals("unsure")) {
            return;
        }
        JsonNode said = read(exchange.getVariable("answer", String.class));
        String token = token(exchange, said);
        if (outcome.equals("done") && exchange.getVariable("failure") == null && Scrubber.isTold(token)) {
            Auth way = way(exchange);
            ObjectNode found = json.createObjectNode();
            found.put("sealed", sealed(connection, SignIn.TOKEN, token)).put("key", seal.names().get(0));
            found.put("lives", Math.max(1, said.path("expires_in").asDouble(way.lives().toSeconds())));
            if (way.kind() == Auth.Kind.OAUTH2_REFRESH) {
                // sealed anew where the vendor gave no other one, so that an old key can be taken away
                String refresh = said.hasNonNull("refresh_token") ? said.get("refresh_token").asText() : refresh(exchange, connection);
                String own = TokenSeal.name(connections.credential(connection, "refresh-token").getBytes(StandardCharsets.UTF_8));
                String inside = json.createObjectNode().put("of", own).put("key", seal.names().get(0)).put("sealed", sealed(connection, REFRESH, refresh)).toString();
                found.put(REFRESH, Base64.getEncoder().encodeToString(inside.getBytes(StandardCharsets.UTF_8)));
            }
            exchange.setVariable("found", found.toString());
            return;
        }
        // a vendor of tokens may say so with 400 as well (RFC 6749, 5.2)
        if (!outcome.equals("pause") && connections.refused(connection, exchange.getVariable("credentialsNumber", Long.class))) {
            exchange.setVariable("outcome", "later");
            exchange.setVariable("because", "not-now");
            exchange.setVariable("wait", "1");
            exchange.setVariable("reason", exchange.getVariable("label") + " gave no token for the credentials that were used; it is asked with the others");
            return;
        }
        String words = said.path("error_description").asText(said.path("error").asText(""));
        exchange.setVariable("outcome", "hold");
        exchange.setVariable("reason", exchange.getVariable("label") + " was asked for a token and gave none (status " + exchange.getVariable("status") + (words.isEmpty() ? "" : ", it says: "
                + (words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words)) + "). Nothing is sent until it gives one, and it is asked again every minute; check orderweir.connections." + connection
                + ".credentials" + (way(exchange).signInAt() == null ? "" : " at " + way(exchange).signInAt()));
    }

    /** What was given; an empty text where nothing was. */
    private String token(Exchange exchange, JsonNode said) {
        Auth way = way(exchange);
        if (way.kind() != Auth.Kind.SESSION) {
            return said.path("access_token").asText("");
        }
        if (way.cookie() == null) {
            return said.at(way.tokenAt()).asText("");
        }
        String cookies = ReceivedHeaders.text(exchange, "Set-Cookie");
        String begins = way.cookie() + "=";
        return cookies == null ? "" : cookies.lines().map(cookie -> cookie.split(";", 2)[0].strip()).filter(cookie -> cookie.startsWith(begins)).map(cookie -> cookie.substring(begins.length())).findFirst().orElse("");
    }

    private String sealed(String connection, String what, String secret) {
        return Base64.getEncoder().encodeToString(seal.seal(connection, what, secret));
    }

    private Auth way(Exchange exchange) {
        return connections.way(exchange.getVariable("connection", String.class)).orElseThrow();
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text == null ? "" : text);
        } catch (JsonProcessingException notJson) {
            return json.missingNode();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
