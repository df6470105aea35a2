package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Set;

/** What a test or the demo asks the shop to send. */
record TrafficOrder(URI target, String secret, int orders, int connections, long badAddressAt, double duplicates, double bto,
        double edits, int editsEach, double cancels, double paid, double reordered, long seed, long firstId, long nameOffset, long followUpFrom,
        long followUpTo, int tries, long retryFrom, long retryTo) {
    private static final Set<String> KEYS = Set.of("target", "secret", "orders", "connections", "badAddressAt", "duplicates", "bto",
            "edits", "editsEach", "cancels", "paid", "reordered", "seed", "firstId", "nameOffset", "followUpAfterMs", "tries", "retryAfterMs");

    static TrafficOrder read(ObjectNode json, Shop shop) {
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("Traffic has no setting " + key + ".");
            }
        });
        if (!json.path("target").isTextual() || !json.path("secret").isTextual()) {
            throw new IllegalArgumentException("Traffic needs a target (the webhook's address) and a secret.");
        }
        int orders = json.path("orders").asInt(2_000);
        long first = shop.reserve(orders);
        JsonNode followUp = json.path("followUpAfterMs");
        JsonNode retry = json.path("retryAfterMs");
        long seed = json.path("seed").asLong(42);
        return new TrafficOrder(URI.create(json.path("target").textValue()), json.path("secret").textValue(), orders,
                json.path("connections").asInt(32), json.path("badAddressAt").asLong(0), json.path("duplicates").asDouble(0.05),
                json.path("bto").asDouble(0.15), json.path("edits").asDouble(0.02), json.path("editsEach").asInt(1), json.path("cancels").asDouble(0.02),
                json.path("paid").asDouble(0), json.path("reordered").asDouble(0.1), seed,
                json.path("firstId").asLong(ShopTraffic.FIRST_ID + first - 1), json.path("nameOffset").asLong(0),
                followUp.path(0).asLong(200), followUp.path(1).asLong(20_000), json.path("tries").asInt(60),
                retry.path(0).asLong(500), retry.path(1).asLong(2_000));
    }

    String connection() {
        return connection(target);
    }

    /** The last segment of the webhook's address names the connection. */
    static String connection(URI target) {
        String path = target.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
