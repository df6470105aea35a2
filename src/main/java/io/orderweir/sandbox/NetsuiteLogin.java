package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** Checks token-based authentication (account, keys, signature, a fresh timestamp and a nonce never seen before) and tokens of OAuth 2.0, which it gives. */
@ApplicationScoped
@Named("sandboxNetsuiteLogin")
@RegisterForReflection
public class NetsuiteLogin {
    private static final long FRESH_SECONDS = 300;
    private static final String REFUSED_TOKEN = "unknown or ended token";

    private final Vendors vendors;
    /** Nonce to timestamp, oldest first: those no longer fresh are refused for their timestamp anyway. */
    private final Map<String, Long> nonces = new LinkedHashMap<>();

    private final NetsuiteTokens tokens;

    NetsuiteLogin(Vendors vendors) {
        this.vendors = vendors;
        this.tokens = new NetsuiteTokens(vendors.get("netsuite").settings, InstantSource.system());
    }

    /** The variable reason stays empty when the call is who it says; a call for a token, of which asksForToken is true, need not say it. A refused token is answered with the header WWW-Authenticate. */
    public void check(Exchange exchange) {
        boolean asksForToken = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class).endsWith(NetsuiteTokens.PATH)
                && "POST".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class));
        exchange.setVariable("asksForToken", asksForToken);
        if (asksForToken) {
            exchange.setVariable("reason", "");
            return;
        }
        String reason = reason(exchange.getMessage().getHeader("Authorization", String.class),
                exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class),
                exchange.getMessage().getHeader(Exchange.HTTP_URL, String.class), System.currentTimeMillis() / 1000);
        exchange.setVariable("reason", reason == null ? "" : reason);
        if (REFUSED_TOKEN.equals(reason)) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Bearer realm=\"" + vendors.get("netsuite").settings.text("account") + "\", error=\"invalid_token\", error_description=\"Invalid login attempt.\"");
        }
    }

    /** A token for the assertion in the body; status 400 for another one. */
    public void token(Exchange exchange) {
        ObjectNode answer = tokens.answer(exchange.getMessage().getBody(String.class), exchange.getMessage().getHeader(Exchange.HTTP_URL, String.class));
        if (answer.has("error")) {
            exchange.setVariable("outcome", "auth");
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 400);
        }
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(Json.write(answer));
    }

    /** Null when the call is who it says; else a sentence for the person who builds the connector. */
    String reason(String authorization, String method, String url, long nowSeconds) {
        if (authorization != null && authorization.startsWith("Bearer ")) {
            return tokens.lets(authorization.substring(7)) ? null : REFUSED_TOKEN;
        }
        if (authorization == null || !authorization.startsWith("OAuth ")) {
            return "no OAuth header";
        }
        Settings settings = vendors.get("netsuite").settings;
        Map<String, String> oauth = parse(authorization.substring(6));
        if (!settings.text("account").equals(oauth.get("realm"))) {
            return "wrong realm";
        }
        if (!settings.text("consumerKey").equals(oauth.get("oauth_consumer_key"))
                || !settings.text("token").equals(oauth.get("oauth_token"))) {
            return "unknown consumer key or token";
        }
        if (!"HMAC-SHA256".equals(oauth.get("oauth_signature_method")) || !"1.0".equals(oauth.getOrDefault("oauth_version", "1.0"))) {
            return "signature method must be HMAC-SHA256, version 1.0";
        }
        String timestamp = oauth.getOrDefault("oauth_timestamp", "");
        if (!timestamp.matches("\\d{1,12}") || Math.abs(nowSeconds - Long.parseLong(timestamp)) > FRESH_SECONDS) {
            return "timestamp is missing or more than five minutes away";
        }
        String expected = OAuthSignature.sign(method, url, oauth, settings.text("consumerSecret"), settings.text("tokenSecret"));
        if (!Signature.same(expected, oauth.getOrDefault("oauth_signature", ""))) {
            return "signature does not match";
        }
        return isNew(oauth.getOrDefault("oauth_nonce", ""), nowSeconds) ? null : "nonce is missing or was used before";
    }

    private synchronized boolean isNew(String nonce, long nowSeconds) {
        nonces.values().removeIf(seen -> seen < nowSeconds - 2 * FRESH_SECONDS);
        return nonce.length() >= 6 && nonces.putIfAbsent(nonce, nowSeconds) == null;
    }

    private static Map<String, String> parse(String parameters) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String parameter : parameters.split(",")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String value = parameter.substring(equals + 1).trim();
                if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
                    value = value.substring(1, value.length() - 1);
                }
                parsed.put(parameter.substring(0, equals).trim(), OAuthSignature.decode(value.replace("+", "%2B")));
            }
        }
        return parsed;
    }
}
