package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.ledger.Captured;
import io.orderweir.privacy.Scrubber;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Writes why something goes to the Error Hold bin, in the engine's variables: for a captured event the variable hold,
 * for a delivery the variables outcome, reason, sentence and field.
 */
@ApplicationScoped
@Named("refusal")
@RegisterForReflection
public class Refuse {

    /** Clocks of senders differ by minutes. */
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final int GONE = 404;
    private static final List<String> TIMES = List.of("updatedAt", "at");

    @Inject
    Sentence sentence;

    @Inject
    FieldLimits limits;

    @Inject
    Connections connections;

    @Inject
    Scrubber scrubber;

    @Inject
    Types types;

    Clock clock = Clock.systemUTC();

    /**
     * A captured event of a kind nobody reads is only noted: it would cost a person's time for nothing. One that does not say its kind may be anything, and one
     * that its connector says to be of a type nobody declared was meant to be read.
     */
    public void unknownType(Exchange exchange) {
        Captured captured = exchange.getVariable("captured", Captured.class);
        if (!captured.type().equals(Types.UNKNOWN)) {
            hold(exchange, sentence.forType(captured.connection(), captured.type()));
            return;
        }
        String[] names = captured.delivery().split(":", 3);
        if (names.length == 3 && names[0].equals(captured.connection()) && !names[1].equals("unknown")) {
            exchange.setVariable("note", "no connector reads events of the kind " + names[1]);
        } else {
            hold(exchange, sentence.forTopic(captured.delivery()));
        }
    }

    /** Throws {@link MayNotSay} for a signal of a sender that may not say it; a person's correction is held to the same. In: variables captured, canonical. */
    public void whatItMayNotSay(Exchange exchange) {
        String sender = exchange.getVariable("captured", Captured.class).connection();
        String kind = exchange.getVariable("canonical", JsonNode.class).path("signal").asText();
        List<String> may = connections.maySay(sender);
        if (!may.contains(kind)) {
            throw new MayNotSay(sender, kind, may);
        }
    }

    /**
     * Throws {@link VersionInFuture} for a document whose time is later than now, and than when it was captured, by more than ten minutes. In: variables captured,
     * canonical.
     */
    public void whatHasNotHappenedYet(Exchange exchange) {
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        Instant captured = Instant.parse(exchange.getVariable("captured", Captured.class).capturedAt());
        Instant now = clock.instant().isAfter(captured) ? clock.instant() : captured;
        for (String path : TIMES) {
            String time = canonical.path(path).textValue();
            if (time != null && Instant.parse(time).isAfter(now.plus(AHEAD))) {
                throw new VersionInFuture(path, time, now);
            }
        }
    }

    /** Throws {@link DoesNotAddUp} for an order whose own parts do not come to its total: nobody could book it right. In: variable canonical. */
    public void whatDoesNotAddUp(Exchange exchange) {
        DoesNotAddUp.check(exchange.getVariable("canonical", JsonNode.class));
    }

    /** A captured event that could not be mapped, or is not a valid document, or could not be planned. */
    public void notUnderstood(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        Captured captured = exchange.getVariable("captured", Captured.class);
        Type type = types.find(captured.type()).orElse(null);
        hold(exchange, sentence.forEvent(type, name(type, captured, canonical), captured.connection(), captured.capturedAt(), thrown, () -> Fault.of(exchange, connections.names().contains(captured.connection()) ? connections.system(captured.connection()) : null, thrown)));
        exchange.removeVariable("deliveries");
    }

    /**
     * Deliveries that are known to be refused are planned as held, before any call; those of other targets go on. Goods that come after what is held for the same
     * fault wait for it anyway: one fault is one hold.
     * Throws {@link NoConnection} where one goes to an account that is not configured.
     */
    public void beforeTheCall(Exchange exchange) {
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        JsonNode deliveries = exchange.getVariable("deliveries", JsonNode.class);
        everyConnectionIsThere(deliveries);
        Map<List<String>, List<Violation>> found = new HashMap<>();
        for (JsonNode delivery : deliveries) {
            if (!delivery.path("cancel").asBoolean()) {
                String connection = delivery.path("connection").asText();
                found.put(lane(delivery), limits.check(canonical, connections.system(connection), delivery.path("port").asText(), connections.called(connection), connections.connection(connection).settings().keySet()));
            }
        }
        for (JsonNode delivery : deliveries) {
            List<Violation> before = delivery.path("goods_moving").asBoolean() ? found.getOrDefault(lane(delivery.path("after")), List.of()) : List.of();
            found.getOrDefault(lane(delivery), List.of()).stream().filter(one -> before.stream().noneMatch(other -> other.path().equals(one.path()) && other.reason().equals(one.reason()))).findFirst()
                    .ifPresent(first -> ((ObjectNode) delivery).putObject("hold").put("reason", first.reason())
                            .put("sentence", first.sentence()).put("path", first.path()));
        }
    }

    private static List<String> lane(JsonNode named) {
        return List.of(named.path("connection").asText(), named.path("port").asText(), named.path("part").asText());
    }

    private void everyConnectionIsThere(JsonNode deliveries) {
        Set<NoConnection.Missing> missing = new LinkedHashSet<>();
        for (JsonNode delivery : deliveries) {
            String account = delivery.path("connection").asText();
            if (!delivery.path("cancel").asBoolean() && !connections.names().contains(account)) {
                String made = delivery.hasNonNull("line_id") ? delivery.path("class").textValue() : null;
                missing.add(new NoConnection.Missing(delivery.path("role").asText("source") + "/" + delivery.path("port").asText(), account, made));
            }
        }
        if (!missing.isEmpty()) {
            throw new NoConnection(List.copyOf(missing));
        }
    }

    /** The target answered and does not take it. */
    public void refused(Exchange exchange) {
        String whole = exchange.getVariable("answer", "", String.class);
        // before its beginning is quoted, which may be half of a secret
        String answer = scrubber.beginning(whole, whole.length());
        if (exchange.getVariable("envelope") == null) {
            // a message of an alert is about no order
            delivery(exchange, new Refusal(exchange.getVariable("label", String.class) + " refused it with status " + exchange.getVariable("status") + ": " + answer, null, null));
            return;
        }
        delivery(exchange, sentence.forAnswer(exchange.getVariable("system", String.class), connections.called(exchange.getVariable("connection", String.class)),
                exchange.getVariable("envelope", JsonNode.class), exchange.getVariable("sentBody", String.class), exchange.getVariable("status", 0, Integer.class), answer.getBytes(StandardCharsets.UTF_8)));
        String record = exchange.getVariable("remoteId", String.class);
        if (exchange.getVariable("status", 0, Integer.class) == GONE && record != null && !exchange.getVariable("verb", "", String.class).equals("find")) {
            delivery(exchange, sentence.forGone(exchange.getVariable("orderName", String.class), exchange.getVariable("label", String.class), record));
        }
    }

    /** What the target calls its answer, where its connector says where that stands: out variable code, or null. In: variables system and answer. */
    public void code(Exchange exchange) {
        String answer = exchange.getVariable("answer", String.class);
        String system = exchange.getVariable("system", String.class);
        exchange.setVariable("code", system == null || answer == null || answer.isBlank() ? null : sentence.code(system, answer.getBytes(StandardCharsets.UTF_8)));
    }

    /** The target says of each line what became of it: it is done when all were taken, and held with the names of those that were not. What does not say so is unsure. */
    public void byLine(Exchange exchange) {
        String answer = exchange.getVariable("answer", "", String.class);
        JsonNode envelope = exchange.getVariable("envelope", JsonNode.class);
        Refusal refusal = envelope == null ? null : sentence.forLines(exchange.getVariable("system", String.class), exchange.getVariable("label", String.class), envelope,
                scrubber.beginning(answer, answer.length()).getBytes(StandardCharsets.UTF_8));
        if (refusal == null) {
            exchange.setVariable("outcome", "unsure");
            exchange.setVariable("reason", exchange.getVariable("label") + " answered with several answers, of which nobody knows what they are about");
        } else if (refusal.sentence() == null) {
            exchange.setVariable("outcome", "done");
        } else {
            delivery(exchange, refusal);
        }
    }

    /** Nobody knows whether the target made this change, it cannot be asked, and a second one may do harm: a person decides. */
    public void maybeDone(Exchange exchange) {
        String label = exchange.getVariable("label", String.class);
        String change = exchange.getVariable("verb", String.class).equals("cancel") ? "this cancel" : "this change";
        delivery(exchange, new Refusal("maybe-done", "Order " + exchange.getVariable("orderName", String.class) + ": " + label + " did not say whether it took " + change
                + ", and it cannot be asked. Look at the order there: release it to send it again, or discard it if it is done.", null));
    }

    /** An order from before its account was taken over, that is not there under the key of the connector before us: it may be there all the same. In: variable takenOver, that key. */
    public void notTakenOver(Exchange exchange) {
        String label = connections.called(exchange.getVariable("connection", String.class));
        String placed = exchange.getVariable("envelope", JsonNode.class).at("/order/createdAt").asText("at a time that the shop does not say");
        boolean looked = exchange.getVariable("verb", String.class).equals("find");
        delivery(exchange, new Refusal("not-taken-over", "Order " + exchange.getVariable("orderName", String.class) + " was placed " + placed + ", before " + label + " was taken over, and "
                + (looked ? label + " has no record " + exchange.getVariable("takenOver") + ". Give its record there that key, or create it there, and have it looked for; discard this if nothing is to be done."
                : "nobody can look for the key " + exchange.getVariable("takenOver") + ": it has more than letters, digits, '.', '_' and '-'. Look there yourself, and discard this if it is there.")
                + " Release it, and it is made anew.", null));
    }

    /** A look that found more than one record: none of them is touched. In: variable externalId. */
    public void several(Exchange exchange) {
        String label = connections.called(exchange.getVariable("connection", String.class));
        delivery(exchange, new Refusal("ambiguous-record", "Order " + exchange.getVariable("orderName", String.class) + ": " + label + " has several records "
                + exchange.getVariable("externalId") + ", and nobody can tell which one it is. Leave one of them under that reference there, and release.", null));
    }

    /** Our own mapping or route failed on this delivery. */
    public void notSendable(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        delivery(exchange, sentence.forDelivery(exchange.getVariable("orderName", String.class), thrown, () -> Fault.of(exchange, exchange.getVariable("system", String.class), thrown)));
    }

    /** What people know it by; null where that cannot be told, and of a signal, which has no name. */
    static String name(Type type, Captured captured, JsonNode canonical) {
        if (type == null || !type.kind().isNamedById()) {
            return null;
        }
        return canonical == null ? captured.entity() : canonical.path("name").asText(canonical.path("externalId").asText(null));
    }

    private static void hold(Exchange exchange, Refusal refusal) {
        exchange.setVariable("hold", JsonNodeFactory.instance.objectNode()
                .put("reason", refusal.reason()).put("sentence", refusal.sentence()).put("path", refusal.canonicalPath()));
        exchange.setVariable("sentence", refusal.sentence());
    }

    private static void delivery(Exchange exchange, Refusal refusal) {
        exchange.setVariable("outcome", "hold");
        exchange.setVariable("reason", refusal.reason());
        exchange.setVariable("sentence", refusal.sentence());
        exchange.setVariable("field", refusal.canonicalPath());
    }
}
