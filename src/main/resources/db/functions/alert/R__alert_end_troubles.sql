-- What vendors end of what accounts use: told within 90 days, again within 30 and 7, and when it has ended. Each of these is a cause of its own, which ends with the days of it.
create or replace function alert_end_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select 'end', format('end|%s|%s|%s', e.connection, e.what, s.days), e.connection,
         format('%s uses %s, which %s. %s', e.label, e.what,
           case when s.days = 0 then format('ended on %s', e."on") else format('ends on %s, in %s days or less', e."on", s.days) end, e.todo), 1
  from jsonb_to_recordset(p -> 'ends') as e (connection text, label text, what text, "on" date, todo text)
  cross join lateral (
    select min(x.days) as days
    from unnest(array[0, 7, 30, 90]) as x (days)
    where e."on" - (p_at at time zone (p ->> 'zone'))::date <= x.days) s
  where s.days is not null
$$;
