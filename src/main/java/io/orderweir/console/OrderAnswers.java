package io.orderweir.console;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Orders and events as the API answers them. What is not known of one is null, or absent. */
final class OrderAnswers {

    private OrderAnswers() {
    }

    @Schema(description = "More says that there is a page after this one: ask for it with before, the id of its last order.")
    record FoundOrders(List<FoundOrder> orders, boolean more) {
    }

    record FoundOrder(long id, String name, String key, String connection, Instant updatedAt, String foundBy) {
    }

    @Schema(description = "An order: the newest delivery for each target and part, why each is as it is, and everything that happened, in the order of time.")
    record OrderTimeline(String name, String key, String connection, Instant updatedAt, List<OrderDelivery> deliveries, List<OrderLane> lanes, List<NotShipped> notShipped, List<Returned> returned, List<Happening> timeline) {
    }

    record OrderDelivery(long delivery, String connection, String port, String part, String state, boolean stopped, boolean waitsAfter,
            int closedGates, int attempts, Instant dueAt, String reason, String remoteId, String externalId, boolean cancel, long seq,
            @Schema(description = "Who keeps its goods at the shop, and why.") String keptBy) {
    }

    @Schema(description = "Why one part of the order is at one port of one target as it is: what the newest version wants there, what the target has, and what happens next; a sentence each.")
    record OrderLane(String connection, String port, String part, String wanted, String there, String next) {
    }

    @Schema(description = "A line that nobody is asked to ship, and why: gift-card, digital, handed-over, pick-up, other-service, unconfirmed or shipped.")
    record NotShipped(String line, String name, String why) {
    }

    @Schema(description = "How many of a line came back after they were shipped. Its documents at the targets stay as they were.")
    record Returned(String line, String name, long quantity) {
    }

    @Schema(description = "Kind is captured, planned, call, gate, held, corrected, or the state a delivery ended in; detail depends on it. Curl repeats the request, without its credentials.")
    record Happening(Instant at, Instant endedAt, String kind, String connection, String part, Long delivery, Long message, String outcome,
            String sentence, String by, Integer status, String request, String answer, Object detail, Long tookMs, String curl) {
    }

    @Schema(description = "One event: its bytes as text, and the canonical document as JSON text; both are null after their retention.")
    record CapturedEvent(long id, String type, String state, String reason, String connection, String order, String entityKey, Instant capturedAt,
            Instant appendedAt, String ceId, String correlationId, long repeats, String rawText, String canonical) {
    }
}
