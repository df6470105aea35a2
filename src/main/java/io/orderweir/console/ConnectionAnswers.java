package io.orderweir.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Connections and routes as the API answers them. What is not known of one is null. */
final class ConnectionAnswers {

    private ConnectionAnswers() {
    }

    record ConnectionStates(List<ConnectionState> connections) {
    }

    @Schema(description = "State is receives, paused, maintenance, away, flowing or idle; clearsAt is when the queue will be empty at perMinute calls; a messenger takes messages about alerts.")
    record ConnectionState(String connection, String system, String label, boolean receives, String state, Instant pausedAt, String pausedReason,
            Instant resumedAt, String resumedBy, Instant succeededAt, Instant failedAt, String lastReason, Instant awaySince, Boolean closed,
            Instant probeAt, Instant opensAt, Double perMinute, Instant calledAt, Long callMs, Instant clearsAt, long due, long blocked, long gated,
            long sending, long unsure, long held, long madePerMinute, List<LimitState> limits, int colour, boolean messenger, NextEnd nextEnd) {
    }

    @Schema(description = "What its vendor ends next of what the connection uses, or has ended: the first day without it, and what is to be done. Null where nothing is known to end.")
    record NextEnd(String what, LocalDate on, boolean ended, String todo) {
    }

    @Schema(description = "So many calls in a window, of which so many are taken; fewer are opened while the target has slowed us down. A window of 0 ms: at once.")
    record LimitState(String limit, long calls, double windowMs, long taken, long opened) {
    }

    record ConnectionPaused(String connection, boolean wasPaused, Instant pausedAt, String reason, String answer) {
    }

    record ConnectionResumed(String connection, boolean wasPaused, Instant pausedAt, String reason, String by, Instant at, String answer) {
    }

    @Schema(description = "Verdict is accepted, refused, full (the limits let no call through now: again at againAt), away, failed or untested (the connector has no read, so that only the network was tried); resumable: it is paused, and would work.")
    record ConnectionTested(String connection, String verdict, boolean accepted, Boolean open, Integer status, Long tookMs, Instant at, Instant againAt,
            boolean resumable, String answer) {
    }

    record RouteStates(List<RouteState> routes) {
    }

    record RouteState(String route, String group, String description, String state, long exchanges, long failures, Double meanMs) {
    }
}
