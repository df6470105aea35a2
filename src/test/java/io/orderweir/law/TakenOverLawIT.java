package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** L2: what another connector may have made is looked for by its key before anything is sent, as often as it takes, and only a person has it made. */
class TakenOverLawIT {

    private static final String STATE = "select state from orderweir.delivery order by id desc limit 1";

    private Ledger ledger;
    private String key;
    private int version;
    private double second;
    private Map<String, Object> open;

    @BeforeEach
    void begin() throws SQLException {
        ledger = Ledger.fresh();
        key = "SHOP-1001";
        version = 0;
        second = 20;
        ledger.allow("erp", "at-once", 1, 0, at(0));
    }

    @AfterEach
    void end() throws SQLException {
        ledger.close();
    }

    @Test
    void whatIsFoundIsOursAndItsUpdateFollowsUnderItsOldKeyAlsoAfterARestart() throws SQLException {
        // Given a look that is not answered, then one that finds it
        comes(false, true);
        looked("unsure", null);
        looked("later", null);
        looked("found", "R7");
        assertEquals("ready", ledger.sql.text(STATE));
        // When a process ends that had begun the update
        Map<String, Object> begun = taken();
        assertEquals(List.of("update", "SHOP-1001", "R7"), List.of(begun.get("verb"), begun.get("externalId"), begun.get("remoteId")));
        assertNull(begun.get("takenOver"));
        second += 60;
        ledger.run("call/expire.sql", Map.of("connections", "[{\"connection\":\"erp\",\"reaches\":1,\"settles\":1}]", "now", at(second)));
        // Then it is that update again, and so it is for what comes later, even where the setting is gone
        assertEquals(List.of("update", "SHOP-1001", "R7"), List.of(taken().get("verb"), open.get("externalId"), open.get("remoteId")));
        makes("done", "R7");
        comes(false, false);
        assertEquals(List.of("update", "SHOP-1001", "R7"), List.of(taken().get("verb"), open.get("externalId"), open.get("remoteId")));
        makes("done", "R7");
        assertEquals("delivered", ledger.sql.text(STATE));
    }

    @Test
    void whatIsNotFoundIsHeldUntilAPersonHasItMadeUnderOurOwnKey() throws SQLException {
        // Given
        comes(false, true);
        looked("hold", null);
        // When a newer version comes, it is looked for again
        comes(false, true);
        looked("hold", null);
        // When a person releases it
        release();
        Map<String, Object> made = taken();
        // Then it is a create of ours like any other, whose lost answer is looked for by our key
        assertEquals(List.of("create", "shop/o1-order", false), List.of(made.get("verb"), made.get("externalId"), made.get("lookUp")));
        assertNull(made.get("takenOver"));
        makes("unsure", null);
        assertEquals(List.of("shop/o1-order", true), List.of(taken().get("externalId"), open.get("lookUp")));
        assertNull(open.get("takenOver"));
        makes("absent", null);
        assertEquals("create", taken().get("verb"));
    }

    @Test
    void afterALookThatFailedForAnotherReasonItIsLookedForAgain() throws SQLException {
        // Given a look that the target refused
        comes(false, true);
        taken();
        end("hold", null, "refused-by-target");
        // When
        release();
        // Then
        assertEquals("SHOP-1001", taken().get("takenOver"));
    }

    @Test
    void whatAPersonMadeThereMeanwhileIsFoundWhenSheHasItLookedFor() throws SQLException {
        // Given
        comes(false, true);
        looked("hold", null);
        // When
        ledger.run("hold/look.sql", Map.of("hold", hold(), "by", "Ann"));
        Map<String, Object> look = taken();
        assertEquals(List.of(true, "SHOP-1001"), List.of(look.get("looks"), look.get("externalId")));
        end("found", "R8", null);
        // Then
        assertEquals(List.of("update", "R8"), List.of(taken().get("verb"), open.get("remoteId")));
    }

    @Test
    void aCancelTakesBackWhatIsFoundAndOfWhatIsNotThereNothingIsSent() throws SQLException {
        // Given an order that is cancelled before anything of it came
        comes(true, true);
        looked("absent", null);
        assertEquals("superseded", ledger.sql.text(STATE));
        // When it is taken up again, it may have come there since
        comes(false, true);
        looked("found", "R9");
        assertEquals("update", taken().get("verb"));
        makes("done", "R9");
        comes(true, true);
        assertEquals(List.of("cancel", "SHOP-1001"), List.of(taken().get("verb"), open.get("externalId")));
        // When it is gone for good, what follows is ours
        end("done", "R9", null, true);
        comes(false, true);
        assertEquals(List.of("create", "shop/o1-order-r2"), List.of(taken().get("verb"), open.get("externalId")));
    }

    @Test
    void aKeyThatSomebodyCorrectsIsTheNextOneThatIsLookedForAndNotThatOfARecord() throws SQLException {
        // Given
        key = "SHPO-1001";
        comes(false, true);
        looked("hold", null);
        // When
        key = "SHOP-1001";
        comes(false, true);
        looked("found", "R7");
        key = "1001";
        comes(false, true);
        // Then
        assertEquals(List.of("update", "SHOP-1001", "R7"), List.of(taken().get("verb"), open.get("externalId"), open.get("remoteId")));
    }

    @Test
    void whatWeHaveSentStaysOurs() throws SQLException {
        // Given an order of ours, of which the setting says later that it is from before
        comes(false, false);
        assertEquals("shop/o1-order", taken().get("externalId"));
        makes("done", "R1");
        // When
        comes(false, true);
        // Then
        assertEquals(List.of("update", "shop/o1-order", "R1"), List.of(taken().get("verb"), open.get("externalId"), open.get("remoteId")));
        assertNull(open.get("takenOver"));
    }

    @Test
    void whatWasOnlyWaitedForUntilNowIsLookedForToo() throws SQLException {
        // Given a delivery at another account that waits for a lane of which nothing is planned yet
        ObjectNode event = Ledger.event(version, "o1", ++version);
        Ledger.delivery(event, "wms", "order", false).putObject("after").put("connection", "erp").put("port", "order").put("part", "order");
        ledger.append(event);
        // When
        comes(false, true);
        // Then
        assertEquals("SHOP-1001", taken().get("takenOver"));
    }

    @Test
    void aLedgerThatWasPutBackLooksAgain() throws SQLException {
        comes(false, true);
        ledger.sql.run("update orderweir.origin set timeline = 'another'");
        ledger.run("throttle/after-restore.sql", Map.of("connections", "[]", "now", at(second)));
        assertEquals(List.of(true, "SHOP-1001"), List.of(taken().get("lookUp"), open.get("takenOver")));
    }

    /** Appends the next version, or its cancel, of an order that is from before, or not. */
    private void comes(boolean cancel, boolean before) throws SQLException {
        ObjectNode event = Ledger.event(version, "o1", version + 1).put("captured_at", "2026-11-27T00:00:00Z");
        version++;
        ObjectNode delivery = Ledger.delivery(event, "erp", "order", cancel);
        if (before) {
            delivery.put("legacy_key", key);
        }
        ledger.append(event);
    }

    private Map<String, Object> taken() throws SQLException {
        second += 40;
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz where state in ('ready', 'unsure')", at(second));
        List<Map<String, Object>> taken = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.0, "lease", 8.0, "settles", 0.0, "now", at(second)));
        assertEquals(1, taken.size());
        open = taken.get(0);
        assertTrue(ledger.start(open, 3, at(second)));
        return open;
    }

    /** Takes it for a look by the old key, which comes out so. */
    private void looked(String outcome, String record) throws SQLException {
        assertEquals(key, taken().get("takenOver"));
        assertEquals(key, open.get("externalId"));
        end(outcome, record, outcome.equals("hold") ? "not-taken-over" : "no answer");
    }

    private void makes(String outcome, String record) throws SQLException {
        end(outcome, record, "no answer");
    }

    private void release() throws SQLException {
        ledger.run("hold/release-delivery.sql", Map.of("hold", hold(), "by", "Ann", "changes", "[]", "documents", "[]"));
    }

    private long hold() throws SQLException {
        return ledger.sql.number("select id from orderweir.hold where closed_at is null");
    }

    private void end(String outcome, String record, String reason) throws SQLException {
        end(outcome, record, reason, false);
    }

    private void end(String outcome, String record, String reason, boolean last) throws SQLException {
        boolean look = open.get("takenOver") != null || (Boolean) open.get("lookUp");
        Map<String, Object> end = new HashMap<>(Map.of("call", open.get("call"), "outcome", outcome, "patience", 12, "breaks", 1000, "settles", 0.0, "grace", 0.0, "othersAnswered", false, "took", 0.0,
                "verb", look ? "find" : open.get("verb"), "final", last));
        end.put("remoteId", record);
        end.put("reason", reason);
        end.put("sentence", outcome.equals("hold") ? "Order #o1: no." : null);
        end.put("because", outcome.equals("later") ? "too-fast" : null);
        end.put("now", at(second));
        ledger.end(end);
    }

    private static Timestamp at(double second) {
        return new Timestamp(1_795_000_000_000L + Math.round(second * 1000));
    }
}
