package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tokens of the pretend Shopify: the fixed one of the shop, and those that its own app asks for with its client's credentials
 * (shopify.dev, client credentials grant). Each lives to its own end, 86,399 s, whether or not a later one was given. What a wrong client is answered is unverified: it is RFC 6749's.
 */
final class ShopifyTokens {
    static final String PATH = "/admin/oauth/access_token";

    private final Settings settings;
    private final InstantSource clock;
    /** By token, when it ends (ms). */
    private final Map<String, Long> given = new HashMap<>();

    ShopifyTokens(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The body of the answer to a form: a token, or {@code error} in it. */
    synchronized ObjectNode answer(String form) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String field : form.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                said.put(field.substring(0, equals), OAuthSignature.decode(field.substring(equals + 1)));
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (!"client_credentials".equals(said.get("grant_type"))) {
            return answer.put("error", "unsupported_grant_type");
        }
        if (!Signature.same(settings.text("clientId"), said.getOrDefault("client_id", "")) || !Signature.same(settings.text("clientSecret"), said.getOrDefault("client_secret", ""))) {
            return answer.put("error", "invalid_client");
        }
        String token = "shpat_" + UUID.randomUUID().toString().replace("-", "");
        int lives = settings.number("tokenLivesSeconds");
        given.values().removeIf(end -> end <= clock.millis());
        given.put(token, clock.millis() + lives * 1000L);
        return answer.put("access_token", token).put("scope", "read_orders,write_orders,write_merchant_managed_fulfillment_orders").put("expires_in", lives);
    }

    /** Is it one of the shop's, and has it not ended? */
    synchronized boolean lets(String token) {
        return Signature.same(settings.text("token"), token) || given.getOrDefault(token, 0L) > clock.millis();
    }
}
