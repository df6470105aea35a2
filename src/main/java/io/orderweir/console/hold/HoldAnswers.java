package io.orderweir.console.hold;

import io.orderweir.console.order.Delivery;
import io.orderweir.console.order.Subject;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Holds as the API answers them. What is not known of one is null, or absent. */
public final class HoldAnswers {

    private HoldAnswers() {
    }

    public record Holds(List<HeldOrder> holds) {
    }

    @Schema(description = "One open hold in a list; seen is what a release names as seen. Of one cause with who cares for it, else with seen, canonical and waiting.")
    @TemplateData
    public record HeldOrder(long id, Instant openedAt, String reason, String sentence, String path, String fingerprint, Integer answerStatus, String owner,
            Instant dueAt, Instant snoozedUntil, String order, String entityKey, long message, Long delivery, String connection, String part,
            String seen, Object canonical, Long waiting) {

        /** As one of its cause: what nobody arranged for it alone is as it is for all of them. */
        static HeldOrder of(Hold hold, HoldArrangement all, Instant now) {
            Subject order = hold.message.entity;
            Delivery delivery = hold.delivery;
            return new HeldOrder(hold.id, hold.openedAt, hold.reason, hold.sentence, hold.path, hold.fingerprint, hold.answerStatus,
                    hold.owner == null ? all.owner : hold.owner, hold.dueAt == null ? all.dueAt : hold.dueAt,
                    Stream.of(hold.snoozedUntil, all.snoozedUntil).filter(until -> until != null && until.isAfter(now)).max(Comparator.naturalOrder()).orElse(null),
                    order.called(), order.key, hold.message.id, delivery == null ? null : delivery.id, delivery == null ? null : delivery.connection,
                    delivery == null ? null : delivery.part, null, null, null);
        }

        HeldOrder saying(String sentence) {
            return new HeldOrder(id, openedAt, reason, sentence, path, fingerprint, answerStatus, owner, dueAt, snoozedUntil, order, entityKey, message, delivery,
                    connection, part, seen, canonical, waiting);
        }
    }

    record HoldGroups(List<HoldGroup> groups) {
    }

    @Schema(description = "Open holds of one cause; bin is data, target or system, awake how many nobody has put off, job the work that goes on.")
    record HoldGroup(String fingerprint, long holds, long awake, Instant since, Instant newest, String reason, String sentence, String path,
            Long newestHold, String owner, Instant dueAt, Instant snoozedUntil, Long job, String bin, String cause, String fix, String connection,
            String label) {
    }

    @Schema(description = "One hold with all that is known of it; raw is base64.")
    record HoldInFull(long id, Instant openedAt, Instant closedAt, String resolution, String resolvedBy, Instant takenUpAt, String takenUpBy, String reason, String acceptBy, String acceptWhy, String sentence,
            String path, String fingerprint, Integer answerStatus, String answer, String owner, Instant dueAt, Instant snoozedUntil, String type, Boolean cancel,
            Instant lookedAt, String order, String entityKey, String seen, long message, String ceId, String correlationId, Instant capturedAt,
            Long delivery, String connection, String port, String part, String deliveryState, Integer attempts, String externalId, String remoteId,
            Object canonical, String raw, String rawText, String bin, String cause, String fix, String label, List<WaitingDelivery> waiting,
            List<EarlierHold> earlier, List<HoldNote> notes) {
    }

    public record WaitingDelivery(long delivery, String connection, String part, String state, boolean stopped, boolean waitsAfter, int closedGates) {

        static WaitingDelivery of(Delivery delivery) {
            return new WaitingDelivery(delivery.id, delivery.connection, delivery.part, delivery.state, delivery.stopped, delivery.waitsAfter, delivery.closedGates);
        }
    }

    @TemplateData
    public record EarlierHold(long id, Instant openedAt, Instant closedAt, String sentence, String resolution, String resolvedBy) {

        static EarlierHold of(Hold hold) {
            return new EarlierHold(hold.id, hold.openedAt, hold.closedAt, hold.sentence, hold.resolution, hold.resolvedBy);
        }

        EarlierHold saying(String sentence, String resolution) {
            return new EarlierHold(id, openedAt, closedAt, sentence, resolution, resolvedBy);
        }
    }

    public record HoldWorks(List<HoldWork> works) {
    }

    @Schema(description = "What was asked for all holds of a cause: what is release, fix or discard; gone were closed by others, left have not had their turn.")
    @TemplateData
    public record HoldWork(long id, String fingerprint, String what, Object request, String startedBy, Instant startedAt, long total, long done, long failed,
            long gone, long left, Instant endedAt, String stoppedBy, List<WorkFailure> failures) {

        static HoldWork of(HoldJob job, List<HoldJobStep> failed) {
            return new HoldWork(job.id, job.fingerprint, job.what, job.request, job.startedBy, job.startedAt, job.total, job.done, job.failed, job.gone,
                    job.total - job.done - job.failed - job.gone, job.endedAt, job.stoppedBy, failed.stream().map(step -> new WorkFailure(step.hold, step.answer)).toList());
        }

        HoldWork saying(Object request, List<WorkFailure> failures) {
            return new HoldWork(id, fingerprint, what, request, startedBy, startedAt, total, done, failed, gone, left, endedAt, stoppedBy, failures);
        }
    }

    @Schema(description = "What work on a cause would do: planned is how many holds it would work on, to be said when it is started; changed how many of them would have value at path then.")
    @TemplateData
    public record HoldPlan(String group, String what, long planned, long changed, String path, String value, List<PlannedValue> values) {
    }

    @Schema(description = "A value that stands at the field now, how many holds have it, in how many countries, five of their orders, and what those orders are worth together; changes: whether it would be replaced.")
    @TemplateData
    public record PlannedValue(String value, long holds, long countries, String orders, String worth, boolean changes) {
    }

    @TemplateData
    public record WorkFailure(long hold, String answer) {
    }

    record WorkStarted(long job, String group, String what, long total, String by, Instant at, String answer) {
    }

    record WorkStopped(long job, String group, long done, long total, String by, Instant at, String answer) {
    }

    @Schema(description = "Of a hold of one delivery with it, of an event that was not understood with its message and how many deliveries are planned.")
    record HoldReleased(long hold, Long delivery, Long message, String state, Long planned, int corrections, String by, Instant at, String answer) {
    }

    record HoldDiscarded(long hold, Long delivery, Long message, long discardedWithIt, String by, Instant at, String answer) {
    }

    @Schema(description = "Accepted is false of the first person, who asks for it.")
    record DifferenceAccepted(long hold, long delivery, boolean accepted, String by, Instant at, String answer) {
    }

    record DiscardedHolds(List<DiscardedHold> discarded) {
    }

    @Schema(description = "What was given up, by whom and why; price and currency are its order's total; open: nothing newer took its place since, so it can be taken up again.")
    record DiscardedHold(long id, Instant discardedAt, String by, String why, String sentence, String path, String fingerprint, String order, String entityKey, String connection,
            String part, String price, String currency, boolean open) {
    }

    @Schema(description = "Planned is how many deliveries; null where an event that was not understood is held again.")
    record HoldTakenUp(long hold, long message, Long planned, String by, Instant at, String answer) {
    }

    record HoldLookedAt(long hold, long delivery, String state, String by, Instant at, String answer) {
    }

    record HoldArranged(Long hold, String group, String what, String value, String by, Instant at, String answer) {
    }

    @Schema(description = "What a release would change and send.")
    record HoldDryRun(List<CorrectedField> changes, Object document, List<PlannedRequest> requests) {
    }

    record CorrectedField(Object path, Object replaced, Object value) {
    }

    @Schema(description = "A request as it would leave, or the fault why it cannot; waits are gates that it waits for first; after says why one follows another of the same delivery.")
    record PlannedRequest(String connection, String label, String part, String verb, List<String> waits, String method, String path, String query,
            String body, String fault, String after) {
    }
}
