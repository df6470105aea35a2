package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.PaperLedger.Ended;
import io.orderweir.law.Ledger;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane on paper is the ledger's own: whatever ends its calls, it asks for the same next, and comes to the same. */
class LaneOnPaperIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EPOCH = 1_795_000_000L;
    /** Of each seed; with -Pchaos more. */
    private static final int WALKS = System.getProperty("orderweir.chaos") == null ? 10 : 25;
    private static final int MOST_CALLS = 40;
    private static final String DELIVERY = "select d.%s from orderweir.delivery d where d.entity_id = (select max(id) from orderweir.entity) order by d.id desc limit 1";

    private Ledger ledger;
    private Random random;
    private double began;
    private long offset;
    private Lane lane;
    private List<String> way;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverEndsItsCallsItComesToTheSame(long seed) throws SQLException {
        random = new Random(seed);
        Map<State, Integer> ends = new HashMap<>();
        try (Ledger fresh = Ledger.fresh()) {
            ledger = fresh;
            offset = 0;
            ledger.allow("erp", "at-once", 500, 0, at(0));
            for (int walk = 1; walk <= WALKS; walk++) {
                began = 10_000.0 * walk;
                ends.merge(walk("o" + walk), 1, Integer::sum);
            }
        }
        assertTrue(ends.keySet().size() > 1, "the walks end in one way only: " + ends);
    }

    /** One order's whole life: versions, cancels and calls that end in every way, until a person has to decide. */
    private State walk(String order) throws SQLException {
        way = new ArrayList<>();
        lane = new Lane("shop/" + order + "-order", Map.of(), this::call);
        int version = 0;
        for (int calls = 0; calls < MOST_CALLS; calls++) {
            if (lane.state() == null || lane.state() == State.DELIVERED || lane.state() == State.CONFIRMED || lane.state() == State.SUPERSEDED) {
                boolean cancel = lane.remoteId() != null && random.nextInt(3) == 0;
                append(order, offset++, ++version, cancel, began + lane.now());
                lane.edited(JSON.createObjectNode().put("name", "#" + order), cancel);
            }
            lane.step();
            assertEquals(lane.state() == State.PAUSED ? "ready" : lane.state().toString().toLowerCase(Locale.ROOT), ledger.sql.text(DELIVERY.formatted("state")), () -> way.toString());
            assertEquals(lane.remoteId(), ledger.sql.text("select remote_id from orderweir.lane order by id desc limit 1"), () -> way.toString());
            if (lane.state() == State.HELD) {
                break;
            }
        }
        // what is still under way is not in the way of the next order
        ledger.sql.run("update orderweir.delivery set due_at = '2200-01-01'");
        return lane.state();
    }

    /** Makes a call of the ledger's, which must be the one on paper, and ends both alike. */
    private Ended call(Map<String, Object> paper) {
        try {
            double second = began + lane.now();
            List<Map<String, Object>> taken = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.0, "lease", 8.0, "settles", 30.0, "now", at(second)));
            assertEquals(1, taken.size(), () -> "nothing is due in the ledger, and on paper is " + paper + " after " + way);
            Map<String, Object> real = taken.get(0);
            for (String name : List.of("verb", "lookUp", "remoteId", "externalId", "sentBefore")) {
                assertEquals(paper.get(name), real.get(name), () -> name + " after " + way);
            }
            assertEquals(paper.get("found") == null ? null : JSON.readTree(paper.get("found").toString()), real.get("found") == null ? null : JSON.readTree(real.get("found").toString()), () -> "found after " + way);
            assertTrue(ledger.start(real, 3, at(second)));
            ObjectNode end = end(real);
            way.add(end.path("verb").asText() + " " + end.path("outcome").asText());
            Map<String, Object> ended = new HashMap<>(Map.of("call", real.get("call"), "patience", 12, "breaks", 1000, "settles", 30.0, "grace", 0.0, "othersAnswered", false, "took", 0.0, "status", 200));
            end.fields().forEachRemaining(each -> ended.put(each.getKey(), each.getValue().isBoolean() ? each.getValue().asBoolean() : each.getValue().isContainerNode() ? each.getValue().toString() : each.getValue().asText()));
            if (end.has("wait")) {
                ended.put("wait", end.path("wait").asDouble());
            }
            ended.put("now", at(second));
            ledger.end(ended);
            return new Ended(end, null, null);
        } catch (SQLException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An end that a connector may say of this call. */
    private ObjectNode end(Map<String, Object> call) {
        ObjectNode end = JSON.createObjectNode();
        boolean looks = Boolean.TRUE.equals(call.get("lookUp")) && random.nextInt(4) > 0;
        List<String> may = looks ? List.of("found", "found", "absent", "absent", "absent", "unsure", "later", "onward") : List.of("done", "done", "done", "unsure", "unsure", "later", "onward", "onward", "hold");
        String outcome = may.get(random.nextInt(may.size()));
        if (outcome.equals("hold") && random.nextInt(3) > 0) {
            outcome = "unsure";
        }
        end.put("sentDocument", "d" + random.nextInt(2));
        end.put("verb", looks ? "find" : (String) call.get("verb")).put("outcome", outcome);
        if (outcome.equals("later")) {
            end.put("because", random.nextBoolean() ? "busy" : "not-now").put("wait", 0);
        }
        if (outcome.equals("done") || outcome.equals("found")) {
            end.put("remoteId", call.get("remoteId") == null ? "R" + random.nextInt(1000) : (String) call.get("remoteId"));
        }
        if (outcome.equals("done") && "cancel".equals(call.get("verb"))) {
            end.put("final", random.nextBoolean());
        }
        if (List.of("onward", "unsure", "hold").contains(outcome)) {
            end.put("reason", outcome.equals("hold") ? "refused-by-target" : "said so").put("sentence", outcome.equals("hold") ? "Order #1: no." : null);
        }
        if (outcome.equals("onward") || random.nextInt(3) == 0) {
            end.putObject("found").put("step", random.nextInt(3));
        }
        return end;
    }

    private void append(String order, long offset, int version, boolean cancel, double second) throws SQLException {
        ObjectNode event = Ledger.event(offset, order, version);
        Ledger.delivery(event, "erp", "order", cancel);
        ledger.append(event);
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz where state = 'ready' and entity_id = (select max(id) from orderweir.entity)", at(second));
    }

    private static Timestamp at(double second) {
        return new Timestamp(EPOCH * 1000 + Math.round(second * 1000));
    }
}
