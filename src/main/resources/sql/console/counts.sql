-- Where everything is, and law L1, by the running totals: the same numbers as counts-exact.sql, at any moment, without counting.
-- in: nothing   out: one row; l1.counted is the last full counting
with
  totals as materialized (
    select * from orderweir.tallied),
  partitions as materialized (
    select i.topic, i.partition, i.records, i.next_offset, i.stopped_for, i.lost_from, i.lost_to, c.end_offset, t.messages, t.repeats
    from orderweir.intake i
    left join orderweir.captured_log c using (topic, partition)
    cross join lateral (
      select coalesce(sum(n) filter (where book = 'message'), 0) as messages, coalesce(sum(n) filter (where book = 'repeat'), 0) as repeats
      from totals where (place, partition) = (i.topic, i.partition)) t),
  books as (
    select coalesce(sum(records), 0) as records, coalesce(sum(messages), 0) as messages, coalesce(sum(repeats), 0) as repeats,
           coalesce(bool_and(records = messages + repeats and stopped_for is null and lost_from is null), true) as partitions_balanced,
           coalesce(sum(greatest(0, end_offset - next_offset)), 0) as waiting, count(*) filter (where stopped_for is not null or lost_from is not null) as stopped
    from partitions),
  plans as (
    select coalesce(sum(n) filter (where book = 'planned'), 0) as planned, coalesce(sum(n) filter (where book = 'delivery'), 0) as deliveries from totals),
  last as (
    select at, balanced, wrong_plans, corrected from orderweir.recount order by at desc limit 1)
select (select coalesce(sum(n), 0) from totals where book = 'order') as orders,
       (select coalesce(sum(n), 0) from totals
        where book = 'hour' and state > to_char((clock_timestamp() - interval '24 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24')) as "ordersToday",
       (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, sum(n) as n from totals where book = 'message' group by state) s) as messages,
       (select coalesce(jsonb_object_agg(connection, states), '{}') from (
          select connection, jsonb_object_agg(state, n) as states
          from (select place as connection, state, sum(n) as n from totals where book = 'delivery' group by place, state) s
          group by connection) c) as deliveries,
       (select count(*) from orderweir.hold where closed_at is null) as "openHolds",
       (select coalesce(sum(n), 0) from totals where book = 'gate') as "closedGates",
       jsonb_build_object(
         'records', b.records, 'messages', b.messages, 'repeats', b.repeats, 'waiting', b.waiting, 'stopped', b.stopped, 'planned', p.planned, 'deliveries', p.deliveries,
         'messagesWithWrongPlan', coalesce((select wrong_plans from last), 0),
         'balanced', b.partitions_balanced and p.planned = p.deliveries and coalesce((select balanced from last), true),
         'counted', (select jsonb_build_object('at', orderweir.utc(at), 'balanced', balanced, 'corrected', corrected) from last),
         'partitions', (select coalesce(jsonb_agg(jsonb_build_object('topic', topic, 'partition', partition, 'nextOffset', next_offset,
             'logEnd', end_offset, 'waiting', greatest(0, end_offset - next_offset), 'stoppedFor', stopped_for, 'lostFrom', lost_from, 'lostTo', lost_to,
             'records', records, 'messages', messages, 'repeats', repeats, 'balanced', records = messages + repeats)
             order by topic, partition), '[]') from partitions)) as l1
from books b
cross join plans p
