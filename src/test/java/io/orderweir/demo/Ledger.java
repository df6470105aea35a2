package io.orderweir.demo;

import io.orderweir.process.Sql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the demo asks the ledger: only what the sandbox's end cannot know. */
record Ledger(Sql sql) {

    /** One look for the progress line. */
    record Sight(long booked, long requested, long waiting, long gated, long held, long calls) {
    }

    /** Law L1 in numbers: every event taken in is a message or a repeat, every planned delivery has its row; uneven = partitions or messages where not. */
    record Equation(long intake, long messages, long repeats, long planned, long deliveries, long uneven) {
        long difference() {
            return Math.abs(intake - messages - repeats) + Math.abs(planned - deliveries) + uneven;
        }
    }

    Sight sight(Tempo tempo) {
        Map<String, Object> row = sql.rows("""
                select count(*) filter (where connection = 'netsuite' and state in ('delivered', 'confirmed')) as booked,
                       count(*) filter (where connection = 'wms' and state in ('delivered', 'confirmed')) as requested,
                       count(*) filter (where state in ('sending', 'unsure') or state = 'ready' and not stopped) as waiting,
                       count(*) filter (where state = 'gated') as gated,
                       (select count(*) from orderweir.hold where closed_at is null) as held,
                       (select count(*) from orderweir.call_log c
                        where c.connection = 'netsuite' and c.called_at > clock_timestamp() - make_interval(secs => ?)) as calls
                from orderweir.delivery""", tempo.window().toMillis() / 1e3).get(0);
        return new Sight(number(row, "booked"), number(row, "requested"), number(row, "waiting"), number(row, "gated"), number(row, "held"), number(row, "calls"));
    }

    long takenIn() {
        return sql.number("select coalesce(sum(records), 0) from orderweir.intake");
    }

    /** In one statement, so that it is one moment. */
    Equation equation() {
        Map<String, Object> row = sql.rows("""
                select (select coalesce(sum(next_offset), 0) from orderweir.intake)::bigint as intake,
                       (select count(*) from orderweir.message) as messages,
                       (select coalesce(sum(repeats), 0) from orderweir.message)::bigint as repeats,
                       (select coalesce(sum(planned), 0) from orderweir.message)::bigint as planned,
                       (select count(*) from orderweir.delivery) as deliveries,
                       (select count(*) from orderweir.intake i where i.next_offset <> (
                          select count(*) + coalesce(sum(m.repeats), 0) from orderweir.message m where m.topic = i.topic and m.partition = i.partition))
                       + (select count(*) from orderweir.message m where m.planned <> (
                          select count(*) from orderweir.delivery d where d.message_id = m.id)) as uneven""").get(0);
        return new Equation(number(row, "intake"), number(row, "messages"), number(row, "repeats"),
                number(row, "planned"), number(row, "deliveries"), number(row, "uneven"));
    }

    /** Orders with something in the Error Hold bin, by the name their targets know them under. */
    Set<String> held() {
        return keys("""
                select distinct e.key from orderweir.hold h
                join orderweir.message m on m.id = h.message_id
                join orderweir.entity e on e.id = m.entity_id
                where h.closed_at is null""");
    }

    /** Orders of which a newer version or a cancellation left nothing to send to the ERP. */
    Set<String> superseded() {
        return keys("""
                select e.key from orderweir.entity e
                join orderweir.delivery d on d.entity_id = e.id and d.connection = 'netsuite'
                group by e.key
                having bool_and(d.state = 'superseded')""");
    }

    long gatedLines() {
        return sql.number("select count(*) from orderweir.delivery where state = 'gated'");
    }

    /** Gated lines whose order is at the ERP: with their gate open they may go. */
    List<Map<String, Object>> linesThatOnlyWaitForTheirGate(int count) {
        return sql.rows("""
                select g.build_id as build, g.name as gate, d.external_id from orderweir.delivery d
                join orderweir.gate g on g.build_id = d.build_id and g.opened_at is null
                where d.state = 'gated' and d.closed_gates = 1 and not d.waits_after and not d.stopped
                order by d.id
                limit ?""", count);
    }

    /** The ERP's calls by what they were and how they ended, for whoever looks into a figure. */
    List<Map<String, Object>> calls() {
        return sql.rows("""
                select connection, verb, outcome, because, count(*) as calls from orderweir.call_log
                where purpose = 'deliver'
                group by 1, 2, 3, 4 order by 1, 2, 3, 4""");
    }

    /** An entity's key is connection/id, a target's name for it connection-id. */
    private Set<String> keys(String query) {
        return sql.rows(query).stream().map(row -> row.get("key").toString().replaceFirst("/", "-")).collect(Collectors.toSet());
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
