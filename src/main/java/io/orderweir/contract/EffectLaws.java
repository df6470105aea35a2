package io.orderweir.contract;

import io.orderweir.contract.Lane.State;
import io.orderweir.contract.PaperLedger.Ended;
import io.orderweir.contract.Recordings.Does;
import io.orderweir.contract.Vendor.Mood;
import java.util.Map;

/** Laws of one effect: whatever is lost, late or doubled, the vendor has one record of what was asked for. */
final class EffectLaws {

    private static final String MORE = "more";

    private EffectLaws() {
    }

    static String isNoRecord(Trial trial) {
        return trial.isOfMessages() ? "a message is no record that somebody could look for" : trial.has("create") ? null : "nothing is created at this port";
    }

    static String isOfMessagesThatRepeat(Trial trial) {
        return trial.isOfMessages() ? null : isNoRecord(trial);
    }

    static String mayMakeAnother(Trial trial) {
        return isNoRecord(trial) != null ? isNoRecord(trial)
                : trial.recordings().calls().values().stream().anyMatch(call -> call.does() == Does.MAKES && call.makesAnother()) && !trial.repeats("create")
                        ? "the vendor takes a second one (makes-another), so the engine looks first where the first may be there" : null;
    }

    static void doubledCreate(Trial trial) {
        Lane first = trial.created();
        // somebody who knows nothing of it creates it again
        Lane second = trial.lane(first.reference()).wants(trial.order(), false);
        trial.is(second, second.run(), State.DELIVERED);
        trial.isThereOnce(first.reference());
        Broken.unless(second.remoteId().equals(first.remoteId()), "the second create settled with the id '" + second.remoteId() + "', and the first had '" + first.remoteId() + "'");
    }

    static void commitThenSilence(Trial trial) {
        if (trial.isOfMessages()) {
            trial.lose(1, Mood.LOSE_ANSWER);
            Ended told = trial.tell();
            Broken.unless(told.outcome().equals("unsure"), "a message whose answer was lost was " + told.words() + ", and it may have been taken: that is unsure");
            return;
        }
        long changes = calls(trial);
        for (int nth = 1; nth <= changes; nth++) {
            trial.vendor().anew();
            trial.lose(nth, Mood.LOSE_ANSWER);
            Lane lane = trial.lane().wants(trial.order(), false);
            settles(trial, lane, "create");
            trial.is(lane, lane.run(), State.DELIVERED);
            trial.isThereOnce(lane.reference());
        }
        Trial.CHANGES.forEach(verb -> lostChange(trial, verb));
    }

    /** How many calls of a create change something. */
    private static long calls(Trial trial) {
        trial.created();
        return trial.changes();
    }

    private static void lostChange(Trial trial, String verb) {
        trial.vendor().anew();
        Lane seen = trial.created();
        long before = trial.changes();
        if (!trial.change(seen, verb.equals("cancel")) || trial.changes() == before) {
            // nobody calls it, or it only looks: nothing can be lost
            return;
        }
        trial.vendor().anew();
        Lane lane = trial.created();
        String reference = lane.reference();
        trial.lose(1, Mood.LOSE_ANSWER);
        lane.wants(trial.order(), verb.equals("cancel"));
        settles(trial, lane, verb);
        State state = lane.run();
        // where nobody can look whether a change was made, a person does
        boolean asked = state == State.HELD && "maybe-done".equals(lane.last().text("reason")) && !trial.repeats(verb);
        Broken.unless(asked || state == State.DELIVERED || state == State.CONFIRMED || state == State.SUPERSEDED, verb + ": a call whose answer was lost ended " + state.toString().toLowerCase() + ": " + lane.last().words());
        trial.isThereOnce(reference);
    }

    /** Makes calls until one has lost its answer: it may be done, and nothing else may be said of it. */
    private static void settles(Trial trial, Lane lane, String verb) {
        for (int i = 0; i < 20; i++) {
            Ended end = lane.step();
            if (trial.vendor().heard().stream().anyMatch(Vendor.Heard::lost)) {
                Broken.unless(end.outcome().equals("unsure"), verb + ": a call that was made and whose answer was lost was " + end.words() + "; the vendor may have done it: that is unsure");
                return;
            }
        }
        throw new Broken(verb + ": it makes no call that changes something");
    }

    static void silenceThenCommit(Trial trial) {
        trial.lose(1, Mood.DO_IT_LATER);
        Lane lane = trial.lane().wants(trial.order(), false);
        trial.is(lane, lane.run(), State.DELIVERED);
        trial.isThereOnce(lane.reference());
    }

    static void finalCancel(Trial trial) {
        Lane lane = trial.created();
        String reference = lane.reference();
        if (!trial.change(lane, true)) {
            throw new Excused("a person is asked to cancel it at the vendor");
        }
        Broken.unless(trial.vendor().records(reference).stream().filter(record -> record.kind.equals(trial.kind())).allMatch(VendorRecords.Kept::isOver), "it was cancelled, and the vendor still has it");
        lane.wants(trial.order(), false);
        trial.is(lane, lane.run(), State.DELIVERED);
        long live = trial.vendor().records(reference).stream().filter(record -> record.kind.equals(trial.kind()) && !record.isOver()).count();
        Broken.unless(live == 1, "it was cancelled and is wanted again, and the vendor has " + live + " live records of it");
    }

    static String readsNoList(Trial trial) {
        return isNoRecord(trial) != null ? isNoRecord(trial) : trial.recordings().answer(MORE).isEmpty() ? "no answer more is recorded: no list has several pages" : null;
    }

    /** Once where the lost create was done, and once where it was not: what is searched for would stand on the last page. */
    static void listToTheEnd(Trial trial) {
        trial.vendor().turnsPages(true);
        try {
            for (Mood mood : new Mood[] {Mood.LOSE_ANSWER, Mood.DO_NOTHING}) {
                trial.vendor().anew();
                trial.lose(1, mood);
                Lane lane = trial.lane().wants(trial.order(), false);
                toTheEnd(trial, lane);
                trial.isThereOnce(lane.reference());
            }
        } finally {
            trial.vendor().turnsPages(false);
        }
    }

    /** Why it went wrong is said by how far the lists were read. */
    private static void toTheEnd(Trial trial, Lane lane) {
        Broken other = null;
        try {
            trial.is(lane, lane.run(), State.DELIVERED);
        } catch (Broken broken) {
            other = broken;
        }
        Map<String, Integer> read = trial.vendor().pagesRead();
        if (other == null && read.isEmpty()) {
            throw new Excused("a create is sent again here, and no list is read before");
        }
        read.forEach((call, page) -> Broken.unless(page == VendorPages.PAGES, "the list of " + call + " has " + VendorPages.PAGES + " pages, and it was read to page " + page + ": the last call was " + lane.last().words()));
        if (other != null) {
            throw other;
        }
    }

    static void findOurs(Trial trial) {
        Lane other = trial.created();
        Lane ours = trial.lane().wants(trial.order(), false);
        trial.vendor().refuse((name, call) -> call.does() == Does.READS ? call.answers().get("others") : null);
        Ended look = ours.look();
        trial.vendor().calm();
        Broken.unless(look.outcome().equals("absent"), "the vendor has a record of another reference, and find said " + look.words() + (look.text("remoteId") == null ? "" : " with its id " + look.text("remoteId")));
        trial.is(ours, ours.run(), State.DELIVERED);
        Ended again = ours.look();
        Broken.unless(again.outcome().equals("found") && ours.remoteId().equals(again.text("remoteId")), "the vendor has it as '" + ours.remoteId() + "', and find said " + again.words()
                + (again.text("remoteId") == null ? " without an id" : " with the id '" + again.text("remoteId") + "'"));
        Broken.unless(!ours.remoteId().equals(other.remoteId()), "two references have one id, '" + other.remoteId() + "'");
    }
}
