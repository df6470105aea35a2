package io.orderweir.explain;

import io.orderweir.hold.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Why a lane is as it is, in a sentence each: what the newest version wants there, what its target is known to have, and what happens next, or why nothing does. Times are in UTC.
 * Quoted are why a person stopped a connection, and what came of the last try.
 */
public record Explanation(String wanted, String there, String next) {

    private static final Causes CAUSES = new Causes();

    /** Of a row of {@code sql/explain/lanes.sql}. */
    public static Explanation of(Map<String, Object> lane) {
        Reader read = new Reader(lane);
        return new Explanation(wanted(read), there(read), next(read));
    }

    private static String wanted(Reader lane) {
        if (lane.is("notice", "closed")) {
            return lane.yes("cancel") ? "Nothing: no gate of the line is closed, or the line is not wanted any more."
                    : "That the shop shows the line as waiting, because of the gates that are closed: " + lane.text("closed") + ".";
        }
        if (lane.yes("cancel")) {
            return !lane.yes("built") ? "Nothing: the version of " + lane.text("version") + " has nothing for it any more, or cancels the order."
                    : lane.has("closed") ? "Nothing while gates of it are closed: " + lane.text("closed") + ". When they open, it is asked for again."
                    : "Nothing of the build that was asked for.";
        }
        StringJoiner wanted = new StringJoiner(", ", "", ".");
        wanted.add(lane.is("notice", "open") ? "That the shop is told of the line" : lines(lane.number("lines")));
        wanted.add("by the version of " + lane.text("version"));
        if (lane.has("role")) {
            wanted.add("as the " + lane.text("role") + " of flows.yaml");
        }
        if (lane.has("opened")) {
            wanted.add("behind gates that are open: " + lane.text("opened"));
        }
        if (lane.has("closed")) {
            wanted.add((lane.has("opened") ? "and closed: " : "behind gates that are closed: ") + lane.text("closed"));
        }
        return wanted + (lane.has("unchangedSince") ? " The version of " + lane.text("unchangedSince") + " changes nothing here." : "");
    }

    private static String lines(long lines) {
        return lines == 1 ? "1 line" : lines + " lines";
    }

    private static String there(Reader lane) {
        if (lane.has("remoteId")) {
            return "Record " + lane.text("remoteId") + (lane.has("thereSince") ? ", since " + lane.text("thereSince") + ", by the version of " + lane.text("thereVersion") : "") + ".";
        }
        if (lane.has("unsureSince")) {
            return "Perhaps something: the call that ended at " + lane.text("unsureSince") + " was not answered.";
        }
        if (lane.has("legacyKey")) {
            return "Perhaps record " + lane.text("legacyKey") + " of another connector, which is looked for before anything is sent.";
        }
        if (lane.yes("doubtful")) {
            return "Perhaps something: a call was never answered, so it is looked for before anything is sent.";
        }
        return lane.yes("takenBack") ? "Nothing any more: it was taken back at " + lane.text("thereSince") + "." : "Nothing that is known of.";
    }

    private static String next(Reader lane) {
        String next = switch (lane.text("state")) {
            case "held" -> lane.yes("looks") ? "It is looked whether the target has it; after that it is held again." : "A person decides: it is in the Error Hold bin since " + lane.text("heldSince") + " ("
                    + CAUSES.of(lane.text(lane.has("cause") ? "cause" : "reason"), null).word() + ").";
            case "gated" -> "It waits at gates: " + lane.text("behind") + ".";
            case "sending" -> "A call is being made, and its answer is waited for.";
            case "ready", "unsure" -> waiting(lane);
            case "discarded" -> "Nothing: a person gave it up at " + lane.text("endedAt") + ". It can be taken up again from what was discarded.";
            case "superseded" -> "Nothing: " + lane.text("reason") + ".";
            default -> "Nothing: " + (lane.has("reason") ? lane.text("reason") : "what is wanted and what is there are the same") + ".";
        };
        return next + (!lane.has("thenVersion") ? "" : lane.yes("thenCancels") ? " Then it is taken back." : " Then the version of " + lane.text("thenVersion") + " follows.");
    }

    /** What is ready waits for what is said first: each of these stops it, whatever the others say. */
    private static String waiting(Reader lane) {
        List<String> waits = new ArrayList<>();
        if (lane.has("after")) {
            waits.add(lane.yes("unread") ? "until it was read back what " + lane.text("after") + " makes of the order" : "for what comes before it at " + lane.text("after"));
        }
        if (lane.has("held")) {
            waits.add("because something of this order is in the Error Hold bin: " + lane.text("held"));
        }
        if (lane.has("pausedAt")) {
            waits.add("because " + lane.text("connection") + " was stopped at " + lane.text("pausedAt") + ": " + lane.text("pausedBecause"));
        }
        if (lane.has("awaySince")) {
            waits.add("because " + lane.text("connection") + " is away since " + lane.text("awaySince"));
        }
        if (lane.has("opensAt")) {
            waits.add("because " + lane.text("connection") + " asked not to be called before " + lane.text("opensAt"));
        }
        String what = lane.is("state", "unsure") ? "It is looked for" + (lane.yes("nextCancels") ? ", to be taken back" : "") : lane.yes("nextTells") ? "The shop is told"
                : lane.yes("nextCancels") ? "It is taken back" : lane.has("remoteId") ? "The record is changed" : "It is asked for";
        if (!waits.isEmpty()) {
            return what + ", and waits " + String.join("; ", waits) + ".";
        }
        long tries = lane.number("attempts");
        return what + (lane.has("dueAt") ? " at " + lane.text("dueAt") : " as soon as the limits of " + lane.text("connection") + " allow")
                + (tries == 0 ? "." : " (" + tries + (tries == 1 ? " try" : " tries") + " failed: " + lane.text("reason") + ").");
    }

    private record Reader(Map<String, Object> row) {

        boolean has(String column) {
            return row.get(column) != null;
        }

        boolean yes(String column) {
            return Boolean.TRUE.equals(row.get(column));
        }

        boolean is(String column, String value) {
            return value.equals(row.get(column));
        }

        String text(String column) {
            return String.valueOf(row.get(column));
        }

        long number(String column) {
            return row.get(column) instanceof Number number ? number.longValue() : 0;
        }
    }
}
