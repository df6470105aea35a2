-- Where everything is, and law L1, counted row by row in one snapshot: slow where there is much, see counts.sql.
-- in: nothing   out: one row, of the same shape as counts.sql
with
  messages as materialized (
    select topic, partition, state, count(*) as messages, sum(repeats) as repeats
    from orderweir.message
    group by topic, partition, state),
  partitions as (
    select i.topic, i.partition, i.records, i.next_offset, i.stopped_for, i.lost_from, i.lost_to, c.end_offset,
           coalesce(sum(m.messages), 0) as messages, coalesce(sum(m.repeats), 0) as repeats
    from orderweir.intake i
    left join orderweir.captured_log c using (topic, partition)
    left join messages m on m.topic = i.topic and m.partition = i.partition
    group by i.topic, i.partition, c.end_offset),
  deliveries as materialized (
    select message_id, connection, state, count(*) as n from orderweir.delivery group by message_id, connection, state),
  unplanned as (
    select count(*) filter (where m.planned <> coalesce(d.n, 0)) as n, coalesce(sum(m.planned), 0) as planned, coalesce(sum(d.n), 0) as deliveries
    from orderweir.message m
    left join (select message_id, sum(n) as n from deliveries group by message_id) d on d.message_id = m.id),
  books as (
    select coalesce(sum(records), 0) as records, coalesce(sum(messages), 0) as messages, coalesce(sum(repeats), 0) as repeats,
           coalesce(bool_and(records = messages + repeats and stopped_for is null and lost_from is null), true) as partitions_balanced,
           coalesce(sum(greatest(0, end_offset - next_offset)), 0) as waiting, count(*) filter (where stopped_for is not null or lost_from is not null) as stopped
    from partitions)
select (select count(*) from orderweir.entity where type = any (array(select t.type from orderweir.event_type t where t.kind = 'order')) and name is not null) as orders,
       (select coalesce(sum(n), 0) from orderweir.tallied
        where book = 'hour' and state > to_char((clock_timestamp() - interval '24 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24')) as "ordersToday",
       (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, sum(messages) as n from messages group by state) s) as messages,
       (select coalesce(jsonb_object_agg(connection, states), '{}') from (
          select connection, jsonb_object_agg(state, n) as states
          from (select connection, state, sum(n) as n from deliveries group by connection, state) s
          group by connection) c) as deliveries,
       (select count(*) from orderweir.hold where closed_at is null) as "openHolds",
       (select count(*) from orderweir.gate g
        where g.opened_at is null and exists (
          select from orderweir.delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))) as "closedGates",
       jsonb_build_object(
         'records', b.records, 'messages', b.messages, 'repeats', b.repeats, 'waiting', b.waiting, 'stopped', b.stopped, 'planned', u.planned, 'deliveries', u.deliveries, 'messagesWithWrongPlan', u.n,
         'balanced', b.partitions_balanced and u.n = 0,
         'partitions', (select coalesce(jsonb_agg(jsonb_build_object('topic', topic, 'partition', partition, 'nextOffset', next_offset,
             'logEnd', end_offset, 'waiting', greatest(0, end_offset - next_offset), 'stoppedFor', stopped_for, 'lostFrom', lost_from, 'lostTo', lost_to,
             'records', records, 'messages', messages, 'repeats', repeats, 'balanced', records = messages + repeats)
             order by topic, partition), '[]') from partitions)) as l1
from books b
cross join unplanned u
