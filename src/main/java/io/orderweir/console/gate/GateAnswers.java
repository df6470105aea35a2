package io.orderweir.console.gate;

import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Gates, signals and calendars as the API answers them. What is not known of one is null, or absent. */
public final class GateAnswers {

    private GateAnswers() {
    }

    record ClosedGates(List<ClosedGate> gates) {
    }

    @Schema(description = "A closed gate of a line that waits; openedBy is the rule that opens it besides people, asks are the targets whose requests wait for it.")
    record ClosedGate(long build, String gate, @Schema(name = "class") String className, String order, String entityKey, String line, Instant since,
            Instant dueAt, Instant lateSince, int persons, List<String> people, Object openedBy, String proposedBy, Instant proposedAt,
            Object evidence, @Schema(description = "Who keeps goods at the shop, and why, as the shop said it when it was asked last.") String keptBy, List<String> asks, Object item, String place) {
    }

    record GateDecisions(List<GateDecision> decisions) {
    }

    @Schema(description = "A gate after a decision; cancels is how many requests that had gone out are cancelled.")
    record GateDecided(Long build, String order, String line, String gate, Boolean open, String by, Instant at, Object evidence, Instant dueAt,
            Integer closedGates, Boolean alreadyOpen, Integer cancels, String answer) {
    }

    @Schema(description = "One gate, or for builds the same gate of each of them, one by one.")
    record GateOpened(Long build, String order, String line, String gate, Boolean open, String by, Instant at, Object evidence, Instant dueAt,
            Integer closedGates, Boolean alreadyOpen, String answer, List<GateOfMany> gates) {
    }

    @Schema(description = "A decision, or with status and answer why it was refused.")
    record GateOfMany(Long build, String order, String line, String gate, Boolean open, String by, Instant at, Object evidence, Instant dueAt,
            Integer closedGates, Boolean alreadyOpen, Integer status, String answer) {
    }

    record WaitingSignals(List<WaitingSignal> waiting) {
    }

    @Schema(description = "What a partner said of an order that has not come; names is what it calls the order, amount is a decimal.")
    @TemplateData
    public record WaitingSignal(long message, String connection, String kind, String names, String line, Instant at, String amount, String currency,
            Instant since, Instant until, String reason, Object evidence) {

        static WaitingSignal of(Signal signal) {
            Map<String, Object> said = signal.message.payload.canonical;
            return new WaitingSignal(signal.id, signal.message.connection, signal.kind,
                    Stream.of("order", "reference", "about").map(said::get).filter(Objects::nonNull).map(Object::toString).findFirst().orElse(null),
                    said.get("line") == null ? null : said.get("line").toString(), signal.at, signal.amount == null ? null : signal.amount.toPlainString(), signal.currency,
                    signal.message.capturedAt, signal.dueAt, signal.message.reason, signal.evidence);
        }
    }

    record CalendarDays(List<CalendarDay> days) {
    }

}
