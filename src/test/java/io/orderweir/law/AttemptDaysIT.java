package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Attempts are kept by the day: made ahead, dropped whole, and nothing is lost that came while nobody made days. */
class AttemptDaysIT {

    @AutoClose
    private final Ledger ledger = Ledger.fresh();

    @Test
    void daysAreMadeAheadAndDroppedWhenTheyHaveBeenKept() {
        // Given a ledger where the route last ran on the first of March
        keep(ledger, "2027-03-01T10:00Z");
        attempt(ledger, 1, "2027-03-01T10:00Z");
        attempt(ledger, 2, "2027-03-03T23:59:59Z");
        // and an attempt of a day that was not made
        attempt(ledger, 3, "2027-03-05T00:00Z");
        assertEquals(1, ledger.sql.number("select count(*) from attempt_default"));

        // When it runs again
        keep(ledger, "2027-03-05T00:10Z");

        // Then what is older than 72 hours, counted from the end of its day, is gone, and the rest lies in its days
        assertEquals(List.of(2L, 3L), ids(ledger));
        assertEquals(0, ledger.sql.number("select count(*) from attempt_default"));
        assertTrue(days(ledger).containsAll(List.of("attempt_20270302", "attempt_20270303", "attempt_20270305", "attempt_20270306", "attempt_20270307")), () -> days(ledger).toString());
        assertTrue(!days(ledger).contains("attempt_20270301"), () -> days(ledger).toString());

        // and running it twice changes nothing
        List<String> before = days(ledger);
        keep(ledger, "2027-03-05T00:11Z");
        assertEquals(before, days(ledger));
    }

    private static void keep(Ledger ledger, String at) {
        ledger.sql.number("select keep_attempts(interval '72 hours', ?::timestamptz)", at);
    }

    private static void attempt(Ledger ledger, long id, String at) {
        ledger.sql.run("insert into attempt (delivery_id, claim, started_at, ended_at, outcome, verb) values (?, 1, ?::timestamptz, ?::timestamptz, 'done', 'create')", id, at, at);
    }

    private static List<Object> ids(Ledger ledger) {
        return ledger.sql.rows("select delivery_id from attempt order by 1").stream().map(row -> row.get("delivery_id")).toList();
    }

    private static List<String> days(Ledger ledger) {
        return ledger.sql.rows("select c.relname::text as day from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'attempt'::regclass order by 1")
                .stream().map(row -> row.get("day").toString()).toList();
    }
}
