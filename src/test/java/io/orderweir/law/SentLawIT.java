package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L2, L9: what a target took last is known for as long as nothing is in doubt, and an update that is the same ends without a call. */
class SentLawIT {

    private static final String STATE = "select state from orderweir.delivery order by id desc limit 1";

    private Ledger ledger;
    private int version;
    private double second;
    private Map<String, Object> open;

    @BeforeEach
    void begin() throws SQLException {
        ledger = Ledger.fresh();
        version = 0;
        second = 20;
        ledger.allow("erp", "at-once", 1, 0, at(0));
    }

    @AfterEach
    void end() throws SQLException {
        ledger.close();
    }

    @Test
    void whatTheTargetTookIsToldToTheNextUpdateWhichEndsWithoutACall() throws SQLException {
        // Given a lane with one slot, of which the target took a document
        assertNull(take(false).get("sentBefore"));
        makes("done", 200, "a");
        // When a newer version says the same
        Map<String, Object> same = take(false);
        assertEquals(List.of("update", "a"), List.of(same.get("verb"), same.get("sentBefore")));
        leaves(same, "done", "a");
        // Then it is delivered, its reason is told, the log has no call of it, and its permit is free
        assertEquals("delivered", ledger.sql.text(STATE));
        assertEquals("nothing of it is sent", ledger.sql.text("select reason from orderweir.delivery order by id desc limit 1"));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.call_log"));
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.call"));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.permit where holder is null and free_at <= ?::timestamptz", at(second)));
        // and what the target has is known as before
        assertEquals("a", take(false).get("sentBefore"));
        makes("done", 200, "b");
        assertEquals("b", take(false).get("sentBefore"));
    }

    @ParameterizedTest
    @CsvSource({"unsure, 500", "unsure, ", "onward, 200", "hold, 207", "hold, 200"})
    void whatATargetMayHaveTakenOrInPartIsForgotten(String outcome, Integer status) throws SQLException {
        // Given
        take(false);
        makes("done", 200, "a");
        take(false);
        // When
        makes(outcome, status, "b");
        // Then
        assertNull(ledger.sql.text("select sent from orderweir.lane"));
    }

    @ParameterizedTest
    @CsvSource({"hold, 409", "later, 429"})
    void whatATargetDidNotTakeChangesNothing(String outcome, Integer status) throws SQLException {
        // Given
        take(false);
        makes("done", 200, "a");
        take(false);
        // When
        makes(outcome, status, "b");
        // Then
        assertEquals("a", ledger.sql.text("select sent from orderweir.lane"));
    }

    @Test
    void aLostAnswerARefusalBehindItAndWhatIsFoundLeaveNothingKnown() throws SQLException {
        take(false);
        makes("done", 200, "a");
        // When the answer of a change is lost, and its next try is refused
        take(false);
        makes("unsure", null, "b");
        Map<String, Object> again = taken();
        assertNull(again.get("sentBefore"));
        makes("hold", 409, "b");
        assertNull(take(false).get("sentBefore"));
        // When a process ends in a call
        makes("done", 200, "c");
        Map<String, Object> open = take(false);
        ledger.start(open, 3, at(second));
        second += 60;
        ledger.run("call/expire.sql", Map.of("connections", "[{\"connection\":\"erp\",\"reaches\":1,\"settles\":1}]", "now", at(second)));
        assertNull(ledger.sql.text("select sent from orderweir.lane"));
    }

    @Test
    void whatWasTakenBackIsSentAgain() throws SQLException {
        take(false);
        makes("done", 200, "a");
        // When
        assertEquals("cancel", take(true).get("verb"));
        makes("done", 200, null);
        // Then
        assertNull(take(false).get("sentBefore"));
    }

    @Test
    void whatAPersonReleasesIsSent() throws SQLException {
        // Given a change that was refused
        take(false);
        makes("done", 200, "a");
        take(false);
        makes("hold", 409, "b");
        // When
        long hold = ledger.sql.number("select id from orderweir.hold where closed_at is null");
        ledger.run("hold/release-delivery.sql", Map.of("hold", hold, "by", "Ann", "changes", "[]", "documents", "[]"));
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz where state = 'ready'", at(second));
        // Then
        Map<String, Object> released = taken();
        assertEquals("update", released.get("verb"));
        assertNull(released.get("sentBefore"));
    }

    @Test
    void aLedgerThatWasPutBackKnowsNothing() throws SQLException {
        // Given
        take(false);
        makes("done", 200, "a");
        ledger.sql.run("update orderweir.origin set timeline = 'another'");
        // When
        ledger.run("throttle/after-restore.sql", Map.of("connections", "[]", "now", at(second)));
        // Then what was captured before may have been sent, and another after it
        append(false, "2026-11-01T00:00:00Z");
        assertNull(taken().get("sentBefore"));
    }

    @Test
    void theTryOfATargetThatIsAwayIsLeftToTheNextOne() throws SQLException {
        // Given a target that is away, whose try is due
        take(false);
        makes("done", 200, "a");
        ledger.sql.run("update orderweir.connection_state set away_since = ?::timestamptz, probe_at = ?::timestamptz, failures = 9", at(second), at(second));
        // When it goes to an update that is the same
        Map<String, Object> same = take(false);
        assertNotNull(same.get("sentBefore"));
        leaves(same, "done", "a");
        // Then it is still due, and the target is no better known
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.connection_state where away_since is not null and probe_at <= ?::timestamptz and failures = 9", at(second)));
    }

    /** Appends the next version, or its cancel, and takes it. */
    private Map<String, Object> take(boolean cancel) throws SQLException {
        append(cancel, "2026-11-27T00:00:00Z");
        return taken();
    }

    private void append(boolean cancel, String captured) throws SQLException {
        ObjectNode event = Ledger.event(version, "o1", version + 1).put("captured_at", captured);
        version++;
        Ledger.delivery(event, "erp", "order", cancel);
        ledger.append(event);
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz where state = 'ready'", at(second));
    }

    private Map<String, Object> taken() throws SQLException {
        second += 40;
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz where state in ('ready', 'unsure') and due_at > ?::timestamptz", at(second), at(second));
        List<Map<String, Object>> taken = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.0, "lease", 8.0, "settles", 0.0, "now", at(second)));
        assertEquals(1, taken.size());
        open = taken.get(0);
        return open;
    }

    private void makes(String outcome, Integer status, String document) throws SQLException {
        assertTrue(ledger.start(open, 3, at(second)));
        end(open, outcome, status, document, null);
    }

    private void leaves(Map<String, Object> call, String outcome, String document) throws SQLException {
        end(call, outcome, null, document, "nothing of it is sent");
    }

    private void end(Map<String, Object> call, String outcome, Integer status, String document, String reason) throws SQLException {
        Map<String, Object> end = new HashMap<>(Map.of("call", call.get("call"), "outcome", outcome, "patience", 12, "breaks", 1000, "settles", 0.0, "grace", 0.0, "othersAnswered", false, "took", 0.0,
                "verb", call.get("verb"), "remoteId", "R1"));
        end.put("status", status);
        end.put("sentDocument", document);
        end.put("reason", outcome.equals("hold") ? "refused" : reason);
        end.put("sentence", outcome.equals("hold") ? "Order #o1: no." : null);
        end.put("because", outcome.equals("later") ? "too-fast" : null);
        end.put("now", at(second));
        ledger.end(end);
    }

    private static Timestamp at(double second) {
        return new Timestamp(1_795_000_000_000L + Math.round(second * 1000));
    }
}
