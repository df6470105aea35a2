package io.orderweir.contract;

import io.orderweir.contract.Lane.State;
import io.orderweir.contract.PaperLedger.Ended;
import io.orderweir.contract.Recordings.Said;

/** Laws of answers: each is what it says, and no more. */
final class AnswerLaws {

    private static final String REFUSAL = "refusal";
    private static final String NO_FIELD = "none";

    private AnswerLaws() {
    }

    static String needsNoCredentials(Trial trial) {
        return trial.connector().credentials().isEmpty() && trial.recordings().answer("unauthorized").isEmpty() ? "it has no credentials" : null;
    }

    static void limit(Trial trial) {
        limited(trial, "limit");
        goesOn(trial);
    }

    static void limitWithTime(Trial trial) {
        Ended end = limited(trial, "limit-with-time");
        Double seconds = trial.recordings().answer("limit-with-time").map(Said::seconds).orElse(null);
        Broken.unless(seconds != null, "answers.limit-with-time does not say its seconds");
        String closed = end.text("closedFor");
        Broken.unless(closed != null && Math.abs(Double.parseDouble(closed) - seconds) <= 1, "the vendor wants no calls for " + seconds + " s, and the engine read " + (closed == null ? "no time" : closed + " s"));
        goesOn(trial);
    }

    private static Ended limited(Trial trial, String answer) {
        trial.refuseAll(answer, null);
        Ended end = first(trial);
        Broken.unless(end.outcome().equals("later") && end.because().equals("too-fast"), "a call that was refused for the limit was " + end.words() + ", not later, because too-fast");
        Broken.unless(trial.vendor().records().isEmpty(), "the vendor has a record of a call that it refused");
        return end;
    }

    private static void goesOn(Trial trial) {
        trial.vendor().calm();
        if (trial.isOfMessages()) {
            Broken.unless(trial.tell().outcome().equals("done"), "it does not go on when the limit is over");
        } else {
            trial.created();
        }
    }

    static void failureIn200(Trial trial) {
        trial.refuseChanges("fails-in-200");
        String wanted = trial.recordings().answer("fails-in-200").map(Said::outcome).orElse("hold");
        Ended end = untilAChange(trial);
        String is = end.outcome().equals("later") ? end.because() : end.outcome();
        Broken.unless(!end.outcome().matches("done|found|onward"), "the vendor failed with status 200, and the call was " + end.words());
        Broken.unless(is.equals(wanted), "the vendor failed with status 200, and the call was " + end.words() + ", not " + wanted);
    }

    static void unauthorized(Trial trial) {
        trial.refuseAll("unauthorized", new Said(401, null, null, null, null, null));
        if (trial.isOfMessages()) {
            Ended end = trial.tell();
            Broken.unless(end.outcome().equals("pause") && end.text("reason") != null, "credentials were refused, and the call was " + end.words() + ", not pause with a reason");
        } else {
            Lane lane = trial.lane().wants(trial.order(), false);
            State state = lane.run();
            Broken.unless(state == State.PAUSED, "credentials were refused, and the delivery ended " + state.toString().toLowerCase() + ": the last call was " + lane.last().words());
            Broken.unless(lane.last().text("reason") != null, "the account is paused without a reason");
            trial.vendor().calm();
            trial.is(lane, lane.resume().run(), State.DELIVERED);
            return;
        }
        goesOn(trial);
    }

    static void validation(Trial trial) {
        Said refusal = trial.recordings().answer(REFUSAL).orElseThrow();
        if (trial.isOfMessages()) {
            // it is about no field of an order
            trial.refuseChanges(REFUSAL);
            Ended end = trial.tell();
            Broken.unless(end.outcome().equals("hold") && end.text("reason") != null, "the vendor refused the message, and the call was " + end.words() + ", not hold with a reason");
            return;
        }
        Broken.unless(refusal.field() != null, "answers.refusal does not say its field: a field of the canonical order, or none where the vendor names none");
        trial.refuseChanges(REFUSAL);
        Ended end = untilAChange(trial);
        Broken.unless(end.outcome().equals("hold") && "refused-by-target".equals(end.text("reason")), "the vendor refused it, and the call was " + end.words() + ", not hold (refused-by-target)");
        String sentence = end.text("sentence");
        Broken.unless(sentence != null && sentence.contains(trial.order().path("name").asText()), "the sentence of the hold does not name the order: " + sentence);
        String field = end.text("field") == null ? NO_FIELD : end.text("field");
        Broken.unless(field.equals(refusal.field()), "the vendor refused " + refusal.field() + ", and the hold names " + field + ": " + sentence);
        Broken.unless(trial.vendor().records().isEmpty() || trial.recordings().calls().values().stream().map(Recordings.Call::of).distinct().count() > 1, "the vendor has a record of what it refused");
    }

    /** Whatever is kept at this port is kept again when each answer carries more. */
    static void unknownField(Trial trial) {
        trial.vendor().saysMoreThanIsKnown(true);
        try {
            RecordLaws.goesThrough(trial);
            for (Law law : Law.values()) {
                if (trial.kept().contains(law)) {
                    trial.vendor().anew();
                    law.keeps(trial);
                }
            }
        } catch (Broken broken) {
            throw new Broken("with a field in each answer that nobody knows: " + broken.getMessage());
        } finally {
            trial.vendor().saysMoreThanIsKnown(false);
        }
    }

    /** Makes calls until the vendor was asked to change something; of messages one. */
    private static Ended untilAChange(Trial trial) {
        if (trial.isOfMessages()) {
            return trial.tell();
        }
        Lane lane = trial.lane().wants(trial.order(), false);
        for (int i = 0; i < 20; i++) {
            Ended end = lane.step();
            if (trial.changes() > 0) {
                return end;
            }
        }
        throw new Broken("it makes no call that changes something; the last one was " + lane.last().words());
    }

    private static Ended first(Trial trial) {
        return trial.isOfMessages() ? trial.tell() : trial.lane().wants(trial.order(), false).step();
    }
}
