package io.orderweir.console;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Alerts as the API answers them. What is not known of one is null. */
final class AlertAnswers {

    private AlertAnswers() {
    }

    record Alerts(List<Alert> alerts) {
    }

    @Schema(description = "State is open, acknowledged or over; count says how often its cause was seen.")
    record Alert(long id, String state, String kind, String subject, String sentence, long count, Instant firstAt, Instant lastAt, int step,
            Instant acknowledgedAt, String acknowledgedBy, Instant overAt, List<ToldOf> told) {
    }

    record ToldOf(String channel, String purpose, String state, Instant at, String reason) {
    }

    record AlertTaken(long alert, String state, String by, Instant at, String answer) {
    }
}
