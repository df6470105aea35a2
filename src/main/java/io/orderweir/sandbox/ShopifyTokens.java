package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/**
 * The tokens that the shop's own app asks for with its client's credentials (shopify.dev, client credentials grant); each lives to its own end, 86,399 s. What a wrong client is answered is unverified: it is RFC 6749's.
 */
final class ShopifyTokens {
    static final String PATH = "/admin/oauth/access_token";

    private final IssuedTokens tokens;

    ShopifyTokens(Settings settings, InstantSource clock) {
        this.tokens = new IssuedTokens(settings, clock);
    }

    /** The body of the answer to a form: a token, or {@code error} in it. */
    ObjectNode answer(String form) {
        Map<String, String> said = IssuedTokens.form(form);
        if (!"client_credentials".equals(said.get("grant_type"))) {
            return Json.object().put("error", "unsupported_grant_type");
        }
        if (!tokens.says("clientId", said.get("client_id")) || !tokens.says("clientSecret", said.get("client_secret"))) {
            return Json.object().put("error", "invalid_client");
        }
        return tokens.give("shpat_" + UUID.randomUUID().toString().replace("-", "")).put("scope", "read_orders,write_orders,write_merchant_managed_fulfillment_orders");
    }

    /** Is it one of the shop's, and has it not ended? */
    boolean lets(String token) {
        return tokens.says("token", token) || tokens.lets(token);
    }
}
