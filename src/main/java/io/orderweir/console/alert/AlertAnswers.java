package io.orderweir.console.alert;

import java.time.Instant;
import java.util.List;

/** Alerts as the API answers them. What is not known of one is null. */
final class AlertAnswers {

    private AlertAnswers() {
    }

    record Alerts(List<Alert> alerts) {
    }

    record AlertTaken(long alert, String state, String by, Instant at, String answer) {
    }
}
