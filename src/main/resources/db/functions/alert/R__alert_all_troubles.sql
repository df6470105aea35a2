-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create or replace function alert_all_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  with
    account as materialized (
      select a.connection, coalesce(a.label, a.connection) as label, s.away_since, s.paused_at, s.reason,
             coalesce(a.resting, false) or s.away_since is not null or s.paused_at is not null as excused
      from jsonb_to_recordset(p -> 'connections') as a (connection text, label text, resting boolean)
      left join orderweir.connection_state s using (connection)),
    depth as materialized (
      select s.connection, array_agg(s.due order by s.at) filter (where s.at > date_trunc('minute', p_at) - interval '6 minutes') as due,
             (array_agg(s.due + s.blocked order by s.at desc))[1] as waiting, max(s.due) as most
      from orderweir.sample s
      where s.at > p_at - interval '15 minutes'
      group by s.connection),
    held as materialized (
      select h.fingerprint, count(*) as holds, max(h.id) as newest from orderweir.hold h where h.closed_at is null group by h.fingerprint),
    step as (
      select floor(extract(epoch from p_at) / 600)::bigint as now)
  select 'hold', 'hold|' || h.fingerprint, h.fingerprint,
         case when h.holds = 1 then format('%s %s is in the Error Hold bin (%s). Correct and release it, or discard it.', initcap(e.type), coalesce(e.name, e.key), replace(h.fingerprint, '|', ' '))
              else format('%s are in the Error Hold bin for one cause (%s); the newest is %s %s.', orderweir.alert_count_words(h.holds), replace(h.fingerprint, '|', ' '), e.type, coalesce(e.name, e.key)) end,
         h.holds
  from held h
  join orderweir.hold n on n.id = h.newest
  join orderweir.message m on m.id = n.message_id
  join orderweir.entity e on e.id = m.entity_id
  union all
  -- six samples, each as deep as the one before or deeper; told until half of the deepest is gone
  select 'queue', 'queue|' || a.connection, a.connection, format('The queue of %s has been growing: %s wait now.', a.label, orderweir.alert_count_words(q.due[cardinality(q.due)])), 1
  from account a
  join depth q using (connection)
  left join orderweir.alert known on known.cause = 'queue|' || a.connection and known.state <> 'over'
  where not a.excused and q.due is not null
    and (cardinality(q.due) >= 6 and q.due[cardinality(q.due)] >= q.due[1] + 10
         and not exists (select from generate_subscripts(q.due, 1) as i where i > 1 and q.due[i] < q.due[i - 1])
      or known.id is not null and 2 * q.due[cardinality(q.due)] > q.most)
  union all
  select 'lag', 'lag|' || o.type, o.type, format('%s %s has waited %s for %s; %s are promised.', case when o.type ~ '^[aeiou]' then 'An' else 'A' end, o.type,
         orderweir.alert_lasting_words(p_at - w.since), w.label, orderweir.alert_lasting_words(make_interval(secs => o.seconds))), 1
  from jsonb_to_recordset(p -> 'objectives') as o (type text, seconds float8)
  cross join lateral (
    select s.since, a.label
    from orderweir.sample_waiting_since((select array_agg(x.connection) from account x where not x.excused), p_at) s
    join account a using (connection)
    where s.type = o.type
    order by s.since
    limit 1) w
  where w.since < p_at - make_interval(secs => o.seconds)
  union all
  select 'away', 'away|' || a.connection, a.connection,
         format('%s has not answered since %s; %s wait for it. They go out by themselves when it is back.', a.label, orderweir.alert_clock(a.away_since, p), orderweir.alert_count_words(coalesce(q.waiting, 0))), 1
  from account a
  left join depth q using (connection)
  where a.paused_at is null and a.away_since <= p_at - make_interval(secs => (p ->> 'awayGrace')::float8)
  union all
  select 'auth', 'auth|' || a.connection, a.connection, format('%s is paused since %s: %s', a.label, orderweir.alert_clock(a.paused_at, p), a.reason), 1
  from account a
  where a.paused_at is not null and a.reason not like 'paused by %'
  union all
  select 'late', 'late|' || g.name, g.name, format('Gate %s is late for %s; the first was due at %s. Open it, give it more time, or refuse it.', g.name,
         case when count(*) = 1 then '1 line' else orderweir.alert_count_words(count(*)) || ' lines' end, orderweir.alert_clock(min(g.due_at), p)), count(*)
  from orderweir.gate g
  where g.opened_at is null and g.late_at is not null
    and exists (select from orderweir.delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))
  group by g.name
  union all
  -- the same hour of each of the last seven days had some; told until something comes
  select 'silence', 'silence|' || a.connection, a.connection, format('%s has sent nothing since %s. At this hour it always did.', a.label,
         orderweir.alert_clock(to_timestamp(600 * (1 + (select max(r.bucket) from orderweir.arrival r where r.connection = a.connection))), p)), 1
  from account a
  cross join step
  where not exists (select from orderweir.arrival r where r.connection = a.connection and r.bucket >= step.now - 6)
    and (exists (select from orderweir.alert known where known.cause = 'silence|' || a.connection and known.state <> 'over')
      or not exists (
        select from generate_series(1, 7) as day
        where not exists (
          select from orderweir.arrival r
          where r.connection = a.connection and r.bucket between step.now - 6 - day * 144 and step.now - 1 - day * 144)))
  union all
  select 'clock', 'clock', 'clock', format('The clock of the database is %s s %s that of the machine that runs Orderweir. Limits and signatures need the right time.',
         round(abs((p ->> 'skew')::numeric), 1), case when (p ->> 'skew')::float8 > 0 then 'ahead of' else 'behind' end), 1
  where abs((p ->> 'skew')::float8) > 2
  union all
  select 'disk', 'disk', 'disk', format('The disk of the data directory has %s left of %s.', pg_size_pretty((p ->> 'diskFree')::bigint), pg_size_pretty((p ->> 'diskSize')::bigint)), 1
  where (p ->> 'diskFree')::float8 < (p ->> 'diskSize')::float8 * (p ->> 'diskFreePercent')::float8 / 100
  union all
  select 'disk', 'disk|database', 'database', format('The database holds %s of the %s it may.', pg_size_pretty(z.size), pg_size_pretty((p ->> 'databaseSize')::bigint)), 1
  from (select case when p ->> 'databaseSize' is not null then pg_database_size(current_database()) end as size) z
  where z.size > (p ->> 'databaseSize')::float8 * 0.9
  union all
  (select 'notice', 'revision', 'revision', format('A change of connectors or policy %s, and what ran goes on: %s%s', case when r.waits then 'waits for a person' else 'is not taken up' end, r.faults[1],
         case when cardinality(r.faults) > 1 then format(' (and %s more)', cardinality(r.faults) - 1) end), 1
  from orderweir.revision_refused r
  order by r.refused_at desc
  limit 1)
$$;
