package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a test does at the pretend Stripe; each lever makes one event and sends it.
 *
 * <p>All take {@code afterMs} (how late) or {@code signature} ({@code good}, {@code none}, {@code wrong}, {@code stale}:
 * once and now, and the answer has its status), and answer
 * {@code {"event","type","charge","paymentIntent","dispute","status"}}. A wrong field or amount is refused with a sentence.
 */
@ApplicationScoped
@Named("sandboxStripe")
@RegisterForReflection
public class StripeLevers {
    private static final Set<String> ALWAYS = Set.of("afterMs", "signature");
    private static final long STALE_SECONDS = 600;

    private final StripeBooks books;
    private final Callbacks callbacks;

    StripeLevers(Vendors vendors) {
        Settings settings = vendors.settings("stripe");
        this.books = new StripeBooks(settings);
        this.callbacks = new Callbacks("stripe", settings, (secrets, id, seconds, body) -> signed(secrets, seconds, body), InstantSource.system());
    }

    /** {@code {"order","amount","currency"}}, or {@code metadata} instead of the order. */
    public String pay(String body) throws InterruptedException {
        ObjectNode wanted = read(body, Set.of("order", "metadata", "amount", "currency"));
        ObjectNode metadata = wanted.path("metadata") instanceof ObjectNode given ? given : Json.object().put("order", text(wanted, "order"));
        return send(wanted, books.pay(whole(wanted), wanted.path("currency").asText("usd"), metadata, callbacks.seconds()));
    }

    /** {@code {"charge"}} or {@code {"order"}}, and the amount; without one all that is left. */
    public String refund(String body) throws InterruptedException {
        ObjectNode wanted = read(body, Set.of("order", "charge", "amount"));
        return send(wanted, books.refund(charge(wanted), wanted.has("amount") ? whole(wanted) : null, callbacks.seconds()));
    }

    /** {@code {"charge"}} or {@code {"order"}}; amount, reason, metadata and expandCharge may be given. */
    public String dispute(String body) throws InterruptedException {
        ObjectNode wanted = read(body, Set.of("order", "charge", "amount", "reason", "metadata", "expandCharge"));
        ObjectNode metadata = wanted.path("metadata") instanceof ObjectNode given ? given : Json.object();
        return send(wanted, books.dispute(charge(wanted), wanted.has("amount") ? whole(wanted) : null, wanted.path("reason").asText("product_not_received"),
                metadata, wanted.path("expandCharge").asBoolean(), callbacks.seconds()));
    }

    /** {@code {"charge"}} or {@code {"order"}}, and {@code "won"}: true or false. */
    public String close(String body) throws InterruptedException {
        ObjectNode wanted = read(body, Set.of("order", "charge", "won", "expandCharge"));
        if (!wanted.path("won").isBoolean()) {
            throw new IllegalArgumentException("A dispute is closed with won: true or false.");
        }
        return send(wanted, books.close(charge(wanted), wanted.path("won").booleanValue(), wanted.path("expandCharge").asBoolean(), callbacks.seconds()));
    }

    /** {@code {"type","object"}}: an event of any type about anything; {@code {"event"}}: one that was sent before, again. */
    public String event(String body) throws InterruptedException {
        ObjectNode wanted = read(body, Set.of("type", "object", "event"));
        if (wanted.has("event")) {
            return send(wanted, books.event(text(wanted, "event")));
        }
        ObjectNode object = wanted.path("object") instanceof ObjectNode given ? given : Json.object();
        return send(wanted, books.other(text(wanted, "type"), object, callbacks.seconds()));
    }

    private String send(ObjectNode wanted, ObjectNode event) throws InterruptedException {
        String id = event.path("id").textValue();
        String body = Json.write(event);
        JsonNode object = event.path("data").path("object");
        JsonNode charge = object.path("charge");
        ObjectNode answer = Json.object().put("event", id).put("type", event.path("type").asText());
        switch (object.path("object").asText()) {
            case "payment_intent" -> answer.put("charge", object.path("latest_charge").asText()).put("paymentIntent", object.path("id").asText());
            case "charge" -> answer.put("charge", object.path("id").asText()).put("paymentIntent", object.path("payment_intent").asText());
            case "dispute" -> answer.put("charge", charge.path("id").asText(charge.asText())).put("paymentIntent", object.path("payment_intent").asText())
                    .put("dispute", object.path("id").asText());
            default -> {
            }
        }
        if (wanted.has("signature")) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            answer.put("status", callbacks.once(bytes, headers(wanted.path("signature").asText(), bytes)));
        } else {
            callbacks.send(id, body, wanted.path("afterMs").asLong());
        }
        return Json.write(answer);
    }

    private Map<String, String> headers(String signature, byte[] body) {
        long now = callbacks.seconds();
        return switch (signature) {
            case "none" -> Map.of();
            case "wrong" -> signed(List.of("not " + callbacks.secrets().get(0)), now, body);
            case "stale" -> signed(callbacks.secrets(), now - STALE_SECONDS, body);
            default -> signed(callbacks.secrets(), now, body);
        };
    }

    static Map<String, String> signed(List<String> secrets, long seconds, byte[] body) {
        return Map.of("Stripe-Signature", Signature.stripe(secrets, seconds, body));
    }

    private ObjectNode read(String body, Set<String> known) {
        ObjectNode wanted = Json.readObject(body);
        wanted.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !ALWAYS.contains(name)) {
                throw new IllegalArgumentException("This lever has no field " + name + ".");
            }
        });
        if (wanted.has("signature") && !List.of("good", "none", "wrong", "stale").contains(wanted.path("signature").asText())) {
            throw new IllegalArgumentException("A signature is good, none, wrong or stale.");
        }
        if (callbacks.hasNoTarget()) {
            throw new IllegalArgumentException("Stripe calls nobody yet; give its setting stripe.target the webhook's address.");
        }
        return wanted;
    }

    private ObjectNode charge(ObjectNode wanted) {
        return books.charge(text(wanted, wanted.has("charge") ? "charge" : "order"));
    }

    private static String text(ObjectNode wanted, String field) {
        if (wanted.path(field).asText("").isEmpty()) {
            throw new IllegalArgumentException("The field " + field + " is missing.");
        }
        return wanted.path(field).asText();
    }

    private static long whole(ObjectNode wanted) {
        if (!wanted.path("amount").isIntegralNumber()) {
            throw new IllegalArgumentException("The field amount is a whole number of minor units.");
        }
        return wanted.path("amount").longValue();
    }

    StripeBooks books() {
        return books;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    void reset() {
        books.reset();
        callbacks.reset();
    }

    /** What was paid and disputed, and how its events were received; in full, every charge. */
    ObjectNode report(boolean full) {
        ObjectNode report = books.report(full);
        report.set("webhooks", callbacks.report());
        return report;
    }

    @PreDestroy
    void stop() {
        callbacks.stop();
    }
}
