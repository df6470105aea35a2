package io.orderweir.console;

import java.util.List;
import java.util.Map;

/**
 * Why a target's queue does not drain as fast as it could.
 *
 * @param state the word and colour people see
 * @param why half a sentence
 * @param since from when on, an instant, or null
 */
record Reason(String state, String why, String since) {

    /** The first that holds of a row of connections; null when nothing holds it up. */
    static Reason of(Map<String, Object> target) {
        String state = String.valueOf(target.get("state"));
        if (state.equals("paused")) {
            return new Reason("paused", String.valueOf(target.get("pausedReason")), (String) target.get("pausedAt"));
        }
        if (state.equals("maintenance")) {
            return new Reason("maintenance", "its hours of maintenance", null);
        }
        if (state.equals("away")) {
            return new Reason("away", Boolean.TRUE.equals(target.get("closed")) ? "takes no connection" : "does not answer", (String) target.get("awaySince"));
        }
        if (target.get("opensAt") != null) {
            return new Reason("limit", "asks for no calls until", (String) target.get("opensAt"));
        }
        for (Object each : (List<?>) target.getOrDefault("limits", List.of())) {
            Map<?, ?> limit = (Map<?, ?>) each;
            long opened = ((Number) limit.get("opened")).longValue();
            long taken = ((Number) limit.get("taken")).longValue();
            if (waits(target) && taken >= opened) {
                return new Reason("limit", "at its limit, " + Shown.number(taken) + " of " + Shown.number(limit.get("calls"))
                        + (opened < ((Number) limit.get("calls")).longValue() ? ", slowed down since it refused calls" : ""), null);
            }
        }
        if (!waits(target) && ((Number) target.getOrDefault("blocked", 0)).longValue() > 0) {
            return new Reason("waiting", "until another target has taken them, or a hold is released", null);
        }
        return null;
    }

    private static boolean waits(Map<String, Object> target) {
        return ((Number) target.getOrDefault("due", 0)).longValue() + ((Number) target.getOrDefault("sending", 0)).longValue() > 0;
    }
}
