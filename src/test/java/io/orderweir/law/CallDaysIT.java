package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Calls are kept by the day: made ahead, dropped whole, and nothing is lost that came while nobody made days. */
class CallDaysIT {

    @AutoClose
    private final Ledger ledger = Ledger.fresh();

    @Test
    void daysAreMadeAheadAndDroppedWhenTheyHaveBeenKept() {
        // Given a ledger where the route last ran on the first of March
        keep(ledger, "2027-03-01T10:00Z");
        call(ledger, 1, "2027-03-01T10:00Z");
        call(ledger, 2, "2027-03-03T23:59:59Z");
        // and a call of a day that was not made
        call(ledger, 3, "2027-03-05T00:00Z");
        assertEquals(2, ledger.sql.number("select (select count(*) from call_log_default) + (select count(*) from call_item_default)"));

        // When it runs again
        keep(ledger, "2027-03-05T00:10Z");

        // Then what is older than 72 hours, counted from the end of its day, is gone, and the rest lies in its days
        assertEquals(List.of(2L, 3L), ids(ledger));
        assertEquals(0, ledger.sql.number("select (select count(*) from call_log_default) + (select count(*) from call_item_default)"));
        for (String log : List.of("call_log_", "call_item_")) {
            assertTrue(days(ledger).containsAll(Stream.of("20270302", "20270303", "20270305", "20270306", "20270307").map(log::concat).toList()), () -> days(ledger).toString());
            assertTrue(!days(ledger).contains(log + "20270301"), () -> days(ledger).toString());
        }

        // and running it twice changes nothing
        List<String> before = days(ledger);
        keep(ledger, "2027-03-05T00:11Z");
        assertEquals(before, days(ledger));
    }

    private static void keep(Ledger ledger, String at) {
        ledger.sql.number("select calls_keep(interval '72 hours', ?::timestamptz)", at);
    }

    private static void call(Ledger ledger, long id, String at) {
        ledger.sql.run("insert into call_log (id, purpose, connection, port, verb, outcome, claimed_at, called_at, ended_at) values (?, 'deliver', 'erp', 'order', 'create', 'done', ?::timestamptz, "
                + "?::timestamptz, ?::timestamptz)", id, at, at, at);
        ledger.sql.run("insert into call_item (call_id, delivery_id, outcome, ended_at) values (?, ?, 'done', ?::timestamptz)", id, 10 + id, at);
    }

    private static List<Object> ids(Ledger ledger) {
        return ledger.sql.rows("select id from call_log join call_item on call_id = id and delivery_id = 10 + id order by 1").stream().map(row -> row.get("id")).toList();
    }

    private static List<String> days(Ledger ledger) {
        return ledger.sql.rows("select c.relname::text as day from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent in ('call_log'::regclass, 'call_item'::regclass) order by 1")
                .stream().map(row -> row.get("day").toString()).toList();
    }
}
