-- Compares what was taken in with the log it comes from, and stops what does not fit. p_log: {cluster, witness (only where the server was started anew: what the broker knows of the ledger, or null), partitions: array of {topic, partition, topicId, begin, end,
-- markAt (where the first record of the known mark stands, -1 = there is none), newMark and newMarkAt (the latest time in it, ms, and where its first record stands),
-- expected and known (see sql/ledger/seen.sql, asked before the broker was)}}. What somebody else has looked at since, or a person has taken in, is not compared.
-- Whoever comes while another one looks compares nothing. Returns one row for each partition that is read: whether it stands still.
create or replace function intake_look(p_log jsonb, p_at timestamptz) returns table (topic text, partition int, stopped boolean) language plpgsql as $$
#variable_conflict use_column
declare
  odd record;
begin
  if pg_try_advisory_xact_lock(hashtext('orderweir.intake_look')) then
    if p_log ? 'witness' then
      perform orderweir.origin_compare((p_log ->> 'witness')::bigint);
    end if;
    for odd in
      select s.topic, s.partition, f.reason,
             -- had been acknowledged and was not taken in when it was looked at last: of it some may be gone, or all
             l.next_offset as lost_from, case when f.reason = 'records-gone' then s."begin" else l.end_offset end as lost_to
      from jsonb_to_recordset(p_log -> 'partitions') as s (topic text, partition int, "topicId" text, "begin" bigint, "end" bigint, "markAt" bigint, expected bigint, known jsonb)
      join orderweir.captured_log l on l.topic = s.topic and l.partition = s.partition and orderweir.intake_seen(l) = s.known
      join orderweir.intake i on i.topic = s.topic and i.partition = s.partition
      cross join lateral (
        select case
            when l.topic_id <> s."topicId" then 'other-topic'
            when s."end" < s.expected then 'log-behind'
            when s."markAt" <> l.mark_offset and l.mark_offset >= s."begin" then 'other-records'
            when s."begin" > i.next_offset then 'records-gone'
          end as reason) f
      where f.reason is not null or s."end" < l.end_offset
    loop
      update orderweir.intake i
      set stopped_at = coalesce(i.stopped_at, case when odd.reason is not null then p_at end),
          -- whoever read a record first saw only that it is another one
          stopped_for = case when odd.reason = 'other-topic' then odd.reason else coalesce(i.stopped_for, odd.reason) end,
          lost_from = case when odd.lost_from < odd.lost_to then least(i.lost_from, odd.lost_from) else i.lost_from end,
          lost_to = case when odd.lost_from < odd.lost_to then greatest(i.lost_to, odd.lost_to) else i.lost_to end
      where i.topic = odd.topic and i.partition = odd.partition;
    end loop;
    insert into orderweir.captured_log as l (topic, partition, cluster, topic_id, begin_offset, end_offset, next_offset, mark_time, mark_offset)
    select s.topic, s.partition, p_log ->> 'cluster', s."topicId", s."begin", s."end", coalesce(i.next_offset, s."begin"), s."newMark", s."newMarkAt"
    from jsonb_to_recordset(p_log -> 'partitions') as s (topic text, partition int, "topicId" text, "begin" bigint, "end" bigint, "newMark" bigint, "newMarkAt" bigint, known jsonb)
    left join orderweir.intake i on i.topic = s.topic and i.partition = s.partition
    left join orderweir.captured_log c on c.topic = s.topic and c.partition = s.partition
    where c.topic is null and s.known is null or orderweir.intake_seen(c) = s.known
    on conflict (topic, partition) do update
    set cluster = excluded.cluster, topic_id = excluded.topic_id, begin_offset = excluded.begin_offset, end_offset = excluded.end_offset, next_offset = excluded.next_offset,
        -- another end is another mark
        mark_time = case when excluded.end_offset = l.end_offset then coalesce(excluded.mark_time, l.mark_time) else excluded.mark_time end,
        mark_offset = case when excluded.end_offset = l.end_offset then coalesce(excluded.mark_offset, l.mark_offset) else excluded.mark_offset end,
        waits_since = case when excluded.end_offset > excluded.next_offset and l.next_offset = excluded.next_offset then coalesce(l.waits_since, p_at) end
    -- where nothing moves nothing is written
    where (l.cluster, l.topic_id, l.begin_offset, l.end_offset, l.next_offset) is distinct from (excluded.cluster, excluded.topic_id, excluded.begin_offset, excluded.end_offset, excluded.next_offset)
      or excluded.mark_time is not null
      or (l.waits_since is null) = (l.end_offset > l.next_offset);
  end if;
  return query select i.topic, i.partition, i.stopped_at is not null from orderweir.intake i;
end $$;
