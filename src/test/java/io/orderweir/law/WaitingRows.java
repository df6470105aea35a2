package io.orderweir.law;

/** Many deliveries that wait, written at once: what a ledger looks like after a long outage. */
final class WaitingRows {

    private WaitingRows() {
    }

    /** So many orders, each with one delivery that is due, for the connection erp. */
    static void write(Ledger ledger, int orders) {
        write(ledger, orders, 0);
    }

    static void write(Ledger ledger, int orders, int priority) {
        ledger.sql.run("""
                with e as (
                  insert into entity (connection, type, key, name)
                  select 'shop', 'order', 'shop/w' || n, '#w' || n
                  from generate_series((select count(*) + 1 from entity), (select count(*) from entity) + ?) n returning id, name),
                m as (
                  insert into message (state, type, connection, entity_id, planned, captured_at, topic, partition, "offset", ce_id, correlation_id)
                  select 'planned', 'order', 'shop', id, 1, now(), 'w', 0, id, 'w' || id, 'c' || id from e returning id, entity_id),
                p as (
                  insert into payload (message_id, canonical, raw) select id, '{"lineItems":[]}', ''::bytea from m),
                l as (
                  insert into lane (connection, entity_id, port, part, last_seq) select 'erp', entity_id, 'order', 'order', 1 from m returning id, entity_id)
                insert into delivery (message_id, state, connection, port, part, head, seq, priority, due_at, external_id, entity_id, lane_id, line_ids, fingerprint)
                select m.id, 'ready', 'erp', 'order', 'order', true, 1, ?, now() - interval '1 minute', 'x' || m.id, m.entity_id, l.id, '[]', 'f'
                from m join l using (entity_id)""", orders, priority);
        ledger.sql.run("analyze");
    }

    /** One order of which the first delivery is held and so many newer ones wait behind it. */
    static void writeBehindOneHeld(Ledger ledger, int versions) {
        write(ledger, 1);
        ledger.sql.run("update delivery set state = 'held', reason = 'r' where id = (select max(id) from delivery)");
        ledger.sql.run("""
                insert into delivery (message_id, state, connection, port, part, head, seq, priority, due_at, external_id, entity_id, lane_id, line_ids, fingerprint)
                select d.message_id, 'ready', 'erp', 'order', 'order', false, n + 1, 0, now() - interval '2 minutes', 'y' || n, d.entity_id, d.lane_id, '[]', 'f'
                from delivery d cross join generate_series(1, ?) n
                where d.id = (select max(id) from delivery)""", versions);
        ledger.sql.run("analyze");
    }
}
