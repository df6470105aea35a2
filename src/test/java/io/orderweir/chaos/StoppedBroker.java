package io.orderweir.chaos;

import java.util.Optional;

/** Capture: webhooks that have no answer, because the broker is stopped in its tracks. */
final class StoppedBroker implements Trap {
    private final BlackFriday day;
    private long answered;

    StoppedBroker(BlackFriday day) {
        this.day = day;
        day.services().pauseBroker();
    }

    @Override
    public Optional<String> caught() {
        long before = answered;
        answered = day.store.acknowledged();
        long waiting = day.store.unanswered();
        // two looks without an answer in between: what waits now waits for the broker
        return waiting > 0 && before == answered ? Optional.of(waiting + " webhooks unanswered, the broker stopped") : Optional.empty();
    }

    @Override
    public String release(boolean finish) {
        day.services().resumeBroker();
        return "the broker reads what the dead engine had sent it";
    }

    @Override
    public void close() {
        day.services().resumeBroker();
    }
}
