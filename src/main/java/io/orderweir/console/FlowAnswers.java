package io.orderweir.console;

import io.orderweir.console.flow.Recount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The books and the flow as the API answers them. What is not known is null. */
final class FlowAnswers {

    private FlowAnswers() {
    }

    @Schema(description = "Messages by state, deliveries by connection and state.")
    record Counts(long orders, long ordersToday, Map<String, Long> messages, Map<String, Map<String, Long>> deliveries, long openHolds,
            long closedGates, Books l1) {
    }

    @Schema(description = "Records taken in = messages + repeats, planned = deliveries, nothing acknowledged is lost and no partition stands still: balanced says whether it is so. "
            + "Waiting is what stands on Kafka and is not taken in yet.")
    record Books(long records, long messages, long repeats, long waiting, long stopped, long planned, long deliveries, long messagesWithWrongPlan, boolean balanced,
            LastCount counted, List<PartitionBooks> partitions) {
    }

    record LastCount(Instant at, boolean balanced, long corrected) {
    }

    @Schema(description = "StoppedFor: other-topic, log-behind, other-records, records-gone, or null while it is read; from lostFrom to before lostTo was acknowledged and is gone.")
    record PartitionBooks(String topic, int partition, long nextOffset, Long logEnd, Long waiting, String stoppedFor, Long lostFrom, Long lostTo, long records, long messages,
            long repeats, boolean balanced) {
    }

    record TakenIn(List<TakenInPartition> partitions, String answer) {
    }

    record TakenInPartition(String topic, int partition, String stoppedFor, long expected, Long from, Long lostFrom, Long lostTo) {
    }

    record Recounts(List<Recount> recounts) {
    }

    @Schema(description = "Only the answer, where everything is being counted already.")
    record Recounted(Instant at, String by, Long tookMs, Boolean balanced, Long messagesWithWrongPlan, Long corrected, List<Object> differences, String answer) {
    }

    record QueueSamples(Instant since, Instant until, List<QueueSeries> series) {
    }

    @Schema(description = "Colour is the place of the connection among all.")
    record QueueSeries(String connection, String label, int colour, List<QueuePoint> points) {
    }

    record QueuePoint(Instant at, long waiting, long due, long gated, long held, Double lagSeconds, long delivered) {
    }
}
