-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create or replace function alert_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select * from orderweir.alert_hold_troubles(p, p_at)
  union all
  select * from orderweir.alert_account_troubles(p, p_at)
  union all
  select * from orderweir.alert_silence_troubles(p, p_at)
  union all
  select * from orderweir.alert_end_troubles(p, p_at)
  union all
  select * from orderweir.intake_troubles(p, p_at)
  union all
  select * from orderweir.recount_wrong_books()
  union all
  select 'late', 'late|' || g.name, g.name, format('Gate %s is late for %s; the first was due at %s. Open it, give it more time, or refuse it.', g.name,
         case when count(*) = 1 then '1 line' else orderweir.alert_count_words(count(*)) || ' lines' end, orderweir.alert_clock(min(g.due_at), p)), count(*)
  from orderweir.gate g
  where g.opened_at is null and g.late_at is not null
    and exists (select from orderweir.delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))
  group by g.name
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
