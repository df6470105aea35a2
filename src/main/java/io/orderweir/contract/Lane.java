package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.contract.PaperLedger.Ended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One lane of the ledger with one delivery at a time: what an ended call makes of both, by the rules of db/functions/deliver/R__deliver_next_states.sql, R__deliver_settle.sql,
 * R__deliver_take.sql and plan/R__lane_settle.sql, for one account that is there, until a person has to decide. Its clock stands in a call and jumps to the next one.
 */
final class Lane {

    /** What a delivery has come to; of one that is paused the account is. */
    enum State {
        READY, UNSURE, DELIVERED, CONFIRMED, SUPERSEDED, HELD, PAUSED
    }

    /** How long the target may work on a call, in seconds of the lane's clock. */
    private static final double SETTLES = 30;
    private static final int MOST_CIRCLES = 20;
    private static final int REFUSED = 400;
    /** More than any delivery of a few calls needs. */
    private static final int MOST_CALLS = 60;

    /** Each delivery has a number of its own. */
    private static final AtomicLong DELIVERIES = new AtomicLong();

    private final String base;
    private final Map<String, Object> terms;
    private final Function<Map<String, Object>, Ended> call;
    private final List<Ended> ended = new ArrayList<>();

    private double now;
    private double quietAt = Double.NEGATIVE_INFINITY;
    private int requests = 1;
    private String remoteId;
    private String sent;

    private long delivery;
    private JsonNode order;
    private boolean cancel;
    private State state;
    private Double unsureSince;
    private double lookedAt;
    private JsonNode found;
    private int circles;

    /** {@code base} is our reference; {@code terms} what every row has, {@code call} makes a call of a row. */
    Lane(String base, Map<String, Object> terms, Function<Map<String, Object>, Ended> call) {
        this.base = base;
        this.terms = terms;
        this.call = call;
    }

    String remoteId() {
        return remoteId;
    }

    /** Our reference now: a cancel that is final gives the next request another. */
    String reference() {
        return base + (requests > 1 ? "-r" + requests : "");
    }

    /** All calls that were made. */
    List<Ended> ended() {
        return ended;
    }

    Ended last() {
        return ended.get(ended.size() - 1);
    }

    State state() {
        return state;
    }

    /** Seconds since it began. */
    double now() {
        return now;
    }

    /** Begins with a newer version, which is sent whatever it says. */
    Lane wants(JsonNode newer, boolean cancelled) {
        sent = null;
        return edited(newer, cancelled);
    }

    /** Begins with a newer version, of which only what the target does not have is sent. */
    Lane edited(JsonNode newer, boolean cancelled) {
        delivery = DELIVERIES.incrementAndGet();
        order = newer;
        cancel = cancelled;
        state = State.READY;
        unsureSince = null;
        lookedAt = Double.NEGATIVE_INFINITY;
        found = null;
        circles = 0;
        return this;
    }

    /** Makes calls until nothing more is to be done, or a person has to. */
    State run() {
        for (int i = 0; i < MOST_CALLS; i++) {
            step();
            if (state != State.READY && state != State.UNSURE) {
                return state;
            }
        }
        throw new Broken("after " + MOST_CALLS + " calls it is still not settled; the last one was " + last().words());
    }

    /** Makes one call. */
    Ended step() {
        Ended end = call.apply(row());
        ended.add(end);
        settle(end);
        return end;
    }

    /** Looks for it at the port's find, whatever the ledger would do; nothing comes of it. */
    Ended look() {
        Map<String, Object> row = row();
        row.put("verb", "find");
        row.put("lookUp", false);
        // what is known would be taken for what was found
        row.put("remoteId", null);
        return call.apply(row);
    }

    /** The account works again. */
    Lane resume() {
        state = unsureSince == null ? State.READY : State.UNSURE;
        return this;
    }

    private String verb() {
        return cancel ? "cancel" : remoteId == null ? "create" : "update";
    }

    private Map<String, Object> row() {
        boolean lookUp = unsureSince != null && (remoteId == null || unsureSince > lookedAt);
        Map<String, Object> row = new HashMap<>(terms);
        row.put("id", delivery);
        row.put("messageId", delivery);
        row.put("verb", verb());
        row.put("lookUp", lookUp);
        row.put("looks", false);
        row.put("attempts", 0);
        row.put("externalId", reference());
        row.put("remoteId", remoteId);
        row.put("orderName", order.path("name").asText());
        row.put("canonical", order.toString());
        row.put("found", found == null ? null : found.toString());
        row.put("sentBefore", sent);
        return row;
    }

    private void settle(Ended end) {
        String outcome = end.outcome();
        boolean looked = end.told().path("verb").asText().equals("find");
        double calledAt = now;
        if (outcome.equals("unsure") && !looked) {
            quietAt = Math.max(quietAt, now + SETTLES);
        }
        if (!looked && (outcome.equals("unsure") || outcome.equals("onward") || outcome.equals("hold") && end.told().path("status").asInt() < REFUSED)) {
            sent = null;
        }
        JsonNode newly = end.told().path("found").isMissingNode() || end.told().path("found").isNull() ? null : end.told().path("found");
        circles = !outcome.equals("onward") ? circles : Objects.equals(newly, found) ? circles + 1 : 0;
        found = newly;
        boolean known = remoteId != null;
        Double before = unsureSince;
        state = next(outcome, known, calledAt);
        if (known && (outcome.equals("found") || outcome.equals("absent") && calledAt >= quietAt)) {
            lookedAt = calledAt;
        } else if (known && outcome.equals("unsure") && !looked) {
            lookedAt = Double.NEGATIVE_INFINITY;
        }
        unsureSince = state == State.UNSURE ? before == null ? Double.valueOf(now) : before : state == State.HELD || state == State.PAUSED ? before : null;
        settleLane(end, outcome);
        // the next look at what the target may still be working on is the last one, when it no longer can
        now = outcome.equals("absent") && calledAt < quietAt ? quietAt : now + 1;
    }

    private State next(String outcome, boolean known, double calledAt) {
        return switch (outcome) {
            case "done" -> State.DELIVERED;
            case "found" -> known ? State.UNSURE : State.CONFIRMED;
            case "absent" -> known || calledAt < quietAt ? State.UNSURE : cancel ? State.SUPERSEDED : State.READY;
            case "hold" -> State.HELD;
            case "onward" -> circles >= MOST_CIRCLES ? State.HELD : State.READY;
            case "unsure" -> State.UNSURE;
            case "pause" -> State.PAUSED;
            default -> unsureSince == null ? State.READY : State.UNSURE;
        };
    }

    private void settleLane(Ended end, String outcome) {
        String said = end.text("remoteId") == null ? remoteId : end.text("remoteId");
        boolean settled = state == State.DELIVERED || state == State.CONFIRMED;
        if (settled && said == null) {
            throw new Broken("it was " + outcome + " without a remoteId, which the ledger refuses: set the variable remoteId, or say unsure");
        }
        if (settled || said != null && !said.equals(remoteId)) {
            boolean last = state == State.DELIVERED && cancel && end.told().path("final").asBoolean();
            remoteId = last ? null : said;
            requests += last ? 1 : 0;
            sent = state == State.DELIVERED && !cancel ? end.text("sentDocument") : null;
        }
    }
}
