package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connector.FieldLimit;
import io.orderweir.connector.Connector.Says;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Does;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be recorded, and whether what is sent is what was to be sent. */
final class RecordLaws {

    private static final List<String> ANSWERS = List.of("refusal", "limit", "lost");

    private RecordLaws() {
    }

    /** What the recordings of a port lack, of what no law can do without; empty when they are all there. */
    static Optional<String> lacks(Connector connector, String port, Recordings recordings) {
        List<String> lacks = new ArrayList<>();
        List<String> verbs = List.copyOf(connector.ports().get(port).keySet());
        boolean makes = verbs.contains("create") || verbs.contains("send");
        if (makes && recordings.first(Does.MAKES, Does.PUTS).isEmpty()) {
            lacks.add("a call that does: makes or puts");
        }
        // money that came is not taken back by a cancel: a person is asked
        if (verbs.contains("cancel") && recordings.payment() == null && recordings.first(Does.ENDS).isEmpty()) {
            lacks.add("a call that does: ends, for cancel");
        }
        recordings.calls().forEach((name, call) -> {
            List<String> needed = call.does() == Does.READS && (asks(call).matches("(?s).*\\{(externalId|orderId|id)}.*") || !call.answers().containsKey("success")) ? List.of("there", "absent") : List.of("success");
            needed.stream().filter(answer -> !call.answers().containsKey(answer)).forEach(answer -> lacks.add("calls." + name + ".answers." + answer));
            if (call.answers().containsKey("more") != (call.asksForMore() != null)) {
                lacks.add("calls." + name + (call.asksForMore() == null ? ".asks-for-more, how the next page is asked for" : ".answers.more, what is said of a page that is not the last"));
            }
            if (call.does() == Does.MAKES && !call.makesAnother() && !call.answers().containsKey("there")) {
                lacks.add("calls." + name + ".answers.there, what is said of a second one of the same reference (or makes-another: true)");
            }
        });
        ANSWERS.stream().filter(answer -> recordings.answer(answer).isEmpty()).forEach(answer -> lacks.add("answers." + answer));
        return lacks.isEmpty() ? Optional.empty() : Optional.of("nothing is recorded for " + String.join(", ", lacks));
    }

    private static String asks(Recordings.Call call) {
        return call.asks().path() + call.asks().query() + call.asks().json() + call.asks().text();
    }

    /** Everything the port can do, once, at a vendor that does its work. */
    static void goesThrough(Trial trial) {
        trial.vendor().anew();
        if (trial.isOfMessages()) {
            PaperLedger.Ended told = trial.tell();
            Broken.unless(told.outcome().equals("done"), "a message that the vendor took was " + told.words());
            return;
        }
        if (!trial.has("create")) {
            return;
        }
        Lane lane = trial.created();
        trial.isThereOnce(lane.reference());
        trial.change(lane, false);
        trial.change(lane, true);
    }

    static String hasNoLongestText(Trial trial) {
        return longest(trial).isEmpty() ? "field-limits of connector.yaml has no row too-long for it" : null;
    }

    static void overLong(Trial trial) {
        for (FieldLimit limit : longest(trial)) {
            trial.vendor().anew();
            List<Violation> tooLong = violations(trial, with(trial, limit, limit.max() + 1), limit);
            Broken.unless(!tooLong.isEmpty(), limit.path() + " with " + (limit.max() + 1) + " characters is not held before the call");
            JsonNode fits = with(trial, limit, limit.max());
            Broken.unless(violations(trial, fits, limit).isEmpty(), limit.path() + " with " + limit.max() + " characters is held, and it should fit");
            Lane lane = trial.lane().wants(fits, false);
            trial.is(lane, lane.run(), State.DELIVERED);
            Broken.unless(trial.vendor().heard().stream().anyMatch(heard -> heard.body().contains("A".repeat(limit.max()))),
                    limit.path() + " with " + limit.max() + " characters, which fit, did not reach the vendor whole");
        }
    }

    /** The order with a text of a length at the path of a limit, and nothing that would be joined to it. */
    private static JsonNode with(Trial trial, FieldLimit limit, int length) {
        JsonNode order = trial.orderWith(limit.path(), "A".repeat(length));
        if (limit.joinedTo() != null) {
            String[] steps = limit.joinedTo().split("\\.");
            order.findParents(steps[steps.length - 1]).forEach(parent -> ((ObjectNode) parent).remove(steps[steps.length - 1]));
        }
        return order;
    }

    private static List<Violation> violations(Trial trial, JsonNode order, FieldLimit limit) {
        String account = Bench.account(trial.connector());
        return trial.bench().bean(FieldLimits.class).check(order, trial.connector().system(), trial.port(), trial.bench().bean(Connections.class).called(account)).stream()
                .filter(violation -> violation.path().replaceAll("\\[\\d+]", "[]").equals(limit.path())).toList();
    }

    private static List<FieldLimit> longest(Trial trial) {
        return trial.isOfMessages() || !trial.has("create") ? List.of()
                : trial.connector().fieldLimits().stream().filter(limit -> limit.says() == Says.TOO_LONG && (limit.port() == null || limit.port().equals(trial.port()))).toList();
    }
}
