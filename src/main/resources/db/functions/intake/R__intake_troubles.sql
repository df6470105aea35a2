-- What is wrong between the ledger and the log it is filled from, one row for each cause. p: see sql/alert/watch.sql.
create or replace function intake_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  with
    lost as materialized (
      select i.topic, string_agg(orderweir.intake_lost_words(i.partition, i.lost_from, i.lost_to), '; ' order by i.partition) as said, sum(i.lost_to - i.lost_from)::bigint as records
      from orderweir.intake i where i.lost_from is not null group by i.topic)
  select 'books', 'books|stopped|' || i.topic || '|' || i.stopped_for, 'books',
         format('Nothing is taken in of %s, %s, since %s: its log has %s. What comes waits there. Take it in again from the page of the flow; what is known already counts as a repeat.', i.topic,
           case when count(*) = 1 then 'partition ' || min(i.partition) else format('%s partitions (%s)', count(*), string_agg(i.partition::text, ', ' order by i.partition)) end,
           orderweir.alert_clock(min(i.stopped_at), p), orderweir.intake_stop_words(i.stopped_for)),
         count(*)
  from orderweir.intake i
  where i.stopped_at is not null
  group by i.topic, i.stopped_for
  union all
  select 'books', 'books|lost|' || l.topic, 'books',
         format('The broker lost records of %s. These were acknowledged and may be gone: %s. Ask the senders for what they sent then; then take it in again from the page of the flow.', l.topic, l.said),
         l.records
  from lost l
  union all
  select 'lag', 'lag|process|' || c.topic, 'process',
         format('%s events of %s wait on Kafka, and nothing of partition %s has been taken in since %s.', orderweir.alert_count_words(sum(c.end_offset - c.next_offset)::bigint), c.topic,
           string_agg(c.partition::text, ', ' order by c.partition), orderweir.alert_clock(min(c.waits_since), p)),
         1
  from orderweir.captured_log c
  left join orderweir.intake i using (topic, partition)
  where c.waits_since < p_at - interval '1 minute' and i.stopped_at is null
  group by c.topic
  union all
  select 'lag', 'lag|witness', 'process',
         format('Nothing is sent: the database server was started at %s, and no process has asked the broker since whether this is still the ledger that made the last calls. '
           || 'A process with the role process must run and reach the broker.', orderweir.alert_clock(pg_postmaster_start_time(), p)),
         1
  from orderweir.origin o
  where o.started_at is distinct from pg_postmaster_start_time() and pg_postmaster_start_time() < p_at - interval '1 minute'
$$;
