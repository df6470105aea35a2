package io.orderweir.console;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Holds as the API answers them. What is not known of one is null, or absent. */
final class HoldAnswers {

    private HoldAnswers() {
    }

    record Holds(List<HeldOrder> holds) {
    }

    @Schema(description = "One open hold in a list; seen is what a release names as seen.")
    record HeldOrder(long id, Instant openedAt, String reason, String sentence, String path, String fingerprint, Integer answerStatus, String owner,
            Instant dueAt, Instant snoozedUntil, String order, String entityKey, long message, Long delivery, String connection, String part,
            String seen, Object canonical, Long waiting) {
    }

    record HoldGroups(List<HoldGroup> groups) {
    }

    @Schema(description = "Open holds of one cause; bin is data, target or system, awake how many nobody has put off, job the work that goes on.")
    record HoldGroup(String fingerprint, long holds, long awake, Instant since, Instant newest, String reason, String sentence, String path,
            Long newestHold, String owner, Instant dueAt, Instant snoozedUntil, Long job, String bin, String cause, String fix, String connection,
            String label) {
    }

    @Schema(description = "One hold with all that is known of it; raw is base64.")
    record Hold(long id, Instant openedAt, Instant closedAt, String resolution, String resolvedBy, String reason, String sentence, String path,
            String fingerprint, Integer answerStatus, String answer, String owner, Instant dueAt, Instant snoozedUntil, String type, Boolean cancel,
            Instant lookedAt, String order, String entityKey, String seen, long message, String ceId, String correlationId, Instant capturedAt,
            Long delivery, String connection, String port, String part, String deliveryState, Integer attempts, String externalId, String remoteId,
            Object canonical, String raw, String rawText, String bin, String cause, String fix, String label, List<WaitingDelivery> waiting,
            List<EarlierHold> earlier, List<HoldNote> notes) {
    }

    record WaitingDelivery(long delivery, String connection, String part, String state, boolean stopped, boolean waitsAfter, int closedGates) {
    }

    record EarlierHold(long id, Instant openedAt, Instant closedAt, String sentence, String resolution, String resolvedBy) {
    }

    @Schema(description = "A note of one hold, or without it of all of its cause.")
    record HoldNote(long id, Long hold, Instant notedAt, String notedBy, String note) {
    }

    record HoldWorks(List<HoldWork> works) {
    }

    @Schema(description = "What was asked for all holds of a cause: what is release, fix or discard; gone were closed by others, left have not had their turn.")
    record HoldWork(long id, String fingerprint, String what, Object request, String startedBy, Instant startedAt, long total, long done, long failed,
            long gone, long left, Instant endedAt, String stoppedBy, List<WorkFailure> failures) {
    }

    record WorkFailure(long hold, String answer) {
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
