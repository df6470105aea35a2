-- Which connections have a delivery that is due, and whether they could be called now: one look for all, which locks and writes nothing.
-- in: connections (JSON array of {connection, limits}), ahead (s), now   out: connection, open (false while it waits for a permit, a target that is away, or its rest)
with
  given as materialized (
    select c.connection, c.limits, make_interval(secs => :#ahead::float8) as ahead, coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at
    from jsonb_to_recordset(:#connections::jsonb) as c (connection text, limits int))
select g.connection,
       case when coalesce(s.opens_at <= g.at, true) and (s.away_since is null or not s.closed and s.probe_at <= g.at)
         then orderweir.permits_free(g.connection, 1, g.ahead, g.limits, g.at) > 0 else false end as open
from given g
left join orderweir.connection_state s using (connection)
where s.paused_at is null
  and exists (
    select from generate_series(0, 4) as l (priority)
    cross join lateral (
      select from orderweir.delivery d
      where d.connection = g.connection and d.priority = l.priority and d.claimable and d.due_at <= g.at
      order by d.due_at, d.id
      limit 1) d)
