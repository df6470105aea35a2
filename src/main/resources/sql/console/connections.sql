-- Each target: paused or not, what waits for it, whether it is away, how much of its limits is taken, and when its queue will be clear.
-- in: nothing   out: one row per connection the ledger knows
with
  clock as materialized (
    select clock_timestamp() as at),
  waiting as (
    select connection,
           count(*) filter (where state = 'gated') as gated,
           count(*) filter (where state in ('ready', 'unsure') and not claimable) as blocked,
           count(*) filter (where claimable) as due,
           count(*) filter (where state = 'sending') as sending,
           count(*) filter (where state = 'unsure') as unsure,
           count(*) filter (where state = 'held') as held,
           max(failed_at) filter (where claimable) as failed_at,
           (array_agg(reason order by failed_at desc nulls last) filter (where claimable))[1] as reason
    from orderweir.delivery
    where state in ('gated', 'ready', 'sending', 'unsure', 'held')
    group by connection),
  recent as (
    -- the last minute: how long a call takes, and how many of them end a delivery
    select d.connection, avg(extract(epoch from a.ended_at - a.started_at)) as seconds,
           (count(*) filter (where a.outcome in ('done', 'found', 'hold')))::float8 / count(*) as ending
    from orderweir.attempt a
    join orderweir.delivery d on d.id = a.delivery_id
    where a.started_at > (select at from clock) - interval '1 minute'
    group by d.connection),
  speed as (
    -- a slot is used again one window after its call has ended
    select a.connection, coalesce(min(r.ending), 1) * min(coalesce(a.opened, a.slots) / greatest(0.001, extract(epoch from a.window_length) + coalesce(r.seconds, 0.1))) as per_second
    from orderweir.allowance a
    left join recent r using (connection)
    group by a.connection),
  used as (
    select a.connection, jsonb_agg(jsonb_build_object('limit', a.limit_name, 'calls', a.slots,
             'windowMs', extract(epoch from a.window_length) * 1000, 'taken', p.taken, 'opened', coalesce(a.opened, a.slots)) order by a.limit_name) as limits
    from orderweir.allowance a
    cross join lateral (
      select count(*) as taken from orderweir.permit p
      where p.connection = a.connection and p.limit_name = a.limit_name and p.free_at > (select at from clock)) p
    group by a.connection)
select connection, s.paused_at as "pausedAt", s.reason as "pausedReason", s.resumed_at as "resumedAt", s.resumed_by as "resumedBy",
       nullif(s.succeeded_at, '-infinity') as "succeededAt", w.failed_at as "failedAt", w.reason as "lastReason",
       s.away_since is not null as away, s.away_since as "awaySince", coalesce(s.closed, false) as closed, s.probe_at as "probeAt",
       case when s.opens_at > (select at from clock) then s.opens_at end as "opensAt",
       round((60 * v.per_second)::numeric, 1) as "perMinute",
       case when s.paused_at is null and s.away_since is null and w.due + w.sending > 0 and v.per_second > 0
            then (select at from clock) + make_interval(secs => (w.due + w.sending) / v.per_second) end as "clearsAt",
       coalesce(w.due, 0) as due, coalesce(w.blocked, 0) as blocked, coalesce(w.gated, 0) as gated, coalesce(w.sending, 0) as sending,
       coalesce(w.unsure, 0) as unsure, coalesce(w.held, 0) as held, coalesce(u.limits, '[]') as limits
from orderweir.connection_state s
full join waiting w using (connection)
full join used u using (connection)
left join speed v using (connection)
order by connection
