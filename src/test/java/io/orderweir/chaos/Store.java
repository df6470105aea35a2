package io.orderweir.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.process.Sandbox;
import java.util.Map;
import java.util.function.Consumer;

/** The pretend shop as a test speaks of it. It repeats a webhook until it is answered 2xx. */
final class Store {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final String door;
    private final String secret;
    private long numbers;

    Store(Sandbox sandbox, String door, String secret) {
        this.sandbox = sandbox;
        this.door = door;
        this.secret = secret;
    }

    /** Plans this many orders; they go out with {@link Sending#with}. */
    Sending sends(int orders) {
        ObjectNode traffic = JSON.createObjectNode().put("target", door).put("secret", secret).put("orders", orders)
                .put("nameOffset", numbers).put("seed", 7 + numbers).put("tries", 100_000).put("connections", 16);
        numbers += orders;
        return new Sending(traffic);
    }

    final class Sending {
        private final ObjectNode traffic;

        private Sending(ObjectNode traffic) {
            this.traffic = traffic;
        }

        @SafeVarargs
        final void with(Consumer<ObjectNode>... peculiarities) {
            for (Consumer<ObjectNode> peculiarity : peculiarities) {
                peculiarity.accept(traffic);
            }
            sandbox.post("/sandbox/shopify/traffic", traffic);
        }
    }

    static int orders(int count) {
        return count;
    }

    static Consumer<ObjectNode> everythingThatHappens() {
        return traffic -> traffic.put("duplicates", 0.1).put("bto", 0.15).put("edits", 0.06).put("cancels", 0.06).put("paid", 0.1).put("reordered", 0.2);
    }

    static Consumer<ObjectNode> everyOrderEditedTwice() {
        return traffic -> traffic.put("duplicates", 0.1).put("bto", 0.1).put("edits", 1).put("editsEach", 2).put("paid", 0).put("reordered", 0.2);
    }

    static Consumer<ObjectNode> seed(int seed) {
        return traffic -> traffic.put("seed", seed);
    }

    static Consumer<ObjectNode> nothingElse() {
        return traffic -> traffic.put("duplicates", 0).put("bto", 0).put("edits", 0).put("cancels", 0).put("paid", 0).put("reordered", 0);
    }

    static Consumer<ObjectNode> oneBadAddressAt(int number) {
        return traffic -> traffic.put("badAddressAt", number);
    }

    static Consumer<ObjectNode> newsOfThemFor(int seconds) {
        return traffic -> traffic.putArray("followUpAfterMs").add(200).add(seconds * 1_000L);
    }

    JsonNode progress() {
        return sandbox.get("/sandbox/shopify/traffic");
    }

    /** Every webhook has got its 2xx. */
    boolean isDone() {
        return progress().path("done").asBoolean();
    }

    long acknowledged() {
        return progress().path("webhooks").path("acknowledged").asLong();
    }

    /** Webhooks on their way: sent, and neither answered nor given up by the shop. */
    long unanswered() {
        Map<?, ?> counts = JSON.convertValue(progress().path("webhooks"), Map.class);
        long ended = counts.entrySet().stream().filter(count -> count.getKey().toString().matches("acknowledged|unanswered|answered\\d+"))
                .mapToLong(count -> ((Number) count.getValue()).longValue()).sum();
        return number(counts, "sent") + number(counts, "retries") - ended;
    }

    private static long number(Map<?, ?> counts, String name) {
        return counts.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
