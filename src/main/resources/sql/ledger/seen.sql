-- What was seen of the captured logs when they were last looked at, and which record each expects next. The broker is asked after it, so that its logs can only have grown.
-- Where calls were made since, the witness grows; whether this ledger is the one that made the last ones, the broker's witness must say once after each start of the server.
-- in: nothing   out: seen, JSON text: {witness, compare, partitions: array of {topic, partition, expected (or null), known {topicId, end, next, mark (ms, or null), markAt}}}
with
  grown as (
    update orderweir.origin o
    set witness = o.witness + 1, calls = (select last_value from orderweir.call_number)
    where o.calls <> (select last_value from orderweir.call_number) and o.started_at = pg_postmaster_start_time()
    returning o.witness)
select jsonb_build_object('witness', coalesce((select witness from grown), o.witness), 'compare', o.started_at is distinct from pg_postmaster_start_time(),
  'partitions', (
    select coalesce(jsonb_agg(jsonb_build_object('topic', l.topic, 'partition', l.partition, 'expected', i.next_offset, 'known', orderweir.intake_seen(l))), '[]')
    from orderweir.captured_log l
    left join orderweir.intake i using (topic, partition)))::text as seen
from orderweir.origin o
