-- Each target: paused or not, what waits for it, whether it is away, how much of its limits is taken, and when its queue will be clear.
-- in: nothing   out: one row per connection the ledger knows
with
  clock as materialized (
    select clock_timestamp() as at),
  waiting as (
    select place as connection,
           coalesce(sum(n) filter (where state = 'gated'), 0) as gated,
           coalesce(sum(n) filter (where state in ('ready', 'unsure') and not due), 0) as blocked,
           coalesce(sum(n) filter (where due), 0) as due,
           coalesce(sum(n) filter (where state = 'sending'), 0) as sending,
           coalesce(sum(n) filter (where state = 'unsure'), 0) as unsure,
           coalesce(sum(n) filter (where state = 'held'), 0) as held
    from orderweir.tallied
    where book = 'delivery' and state in ('gated', 'ready', 'sending', 'unsure', 'held')
    group by place),
  recent as (
    -- the last minute: how long a call takes, and how many of them end a delivery
    select c.connection, avg(extract(epoch from c.ended_at - c.called_at)) as seconds, max(c.ended_at) as called_at,
           (count(*) filter (where c.outcome in ('done', 'found', 'hold')))::float8 / count(*) as ending,
           count(*) filter (where c.outcome in ('done', 'found')) as made
    from orderweir.call_log c
    where c.ended_at > (select at from clock) - interval '1 minute' and c.purpose = 'deliver'
    group by c.connection),
  speed as (
    -- a slot is used again one window after its call has ended
    select a.connection, coalesce(min(r.ending), 1) * min(coalesce(a.opened, a.slots) / greatest(0.001, extract(epoch from a.window_length) + coalesce(r.seconds, 0.1))) as per_second
    from orderweir.allowance a
    left join recent r using (connection)
    group by a.connection),
  failed as (
    -- of those whose turn is next: what failed last, and why
    select w.connection, f.failed_at, f.reason
    from waiting w
    cross join lateral (
      select d.failed_at, d.reason
      from (select failed_at, reason from orderweir.delivery where connection = w.connection and claimable order by priority, due_at, id limit 200) d
      where d.failed_at is not null
      order by d.failed_at desc
      limit 1) f
    where w.due > 0),
  used as (
    select a.connection, jsonb_agg(jsonb_build_object('limit', a.limit_name, 'calls', a.slots,
             'windowMs', extract(epoch from a.window_length) * 1000, 'taken', p.taken, 'opened', coalesce(a.opened, a.slots)) order by a.limit_name) as limits
    from orderweir.allowance a
    cross join lateral (
      select count(*) as taken from orderweir.permit p
      where p.connection = a.connection and p.limit_name = a.limit_name and p.free_at > (select at from clock)) p
    group by a.connection)
select connection, s.paused_at as "pausedAt", s.reason as "pausedReason", s.resumed_at as "resumedAt", s.resumed_by as "resumedBy",
       nullif(s.succeeded_at, '-infinity') as "succeededAt", f.failed_at as "failedAt", f.reason as "lastReason",
       s.away_since is not null as away, s.away_since as "awaySince", coalesce(s.closed, false) as closed, s.probe_at as "probeAt",
       case when s.opens_at > (select at from clock) then s.opens_at end as "opensAt",
       round((60 * v.per_second)::numeric, 1) as "perMinute", coalesce(r.made, 0) as "madePerMinute", r.called_at as "calledAt",
       round((1000 * r.seconds)::numeric) as "callMs",
       case when s.paused_at is null and s.away_since is null and w.due + w.sending > 0 and v.per_second > 0
            then (select at from clock) + make_interval(secs => (w.due + w.sending) / v.per_second) end as "clearsAt",
       coalesce(w.due, 0) as due, coalesce(w.blocked, 0) as blocked, coalesce(w.gated, 0) as gated, coalesce(w.sending, 0) as sending,
       coalesce(w.unsure, 0) as unsure, coalesce(w.held, 0) as held, coalesce(u.limits, '[]') as limits
from orderweir.connection_state s
full join waiting w using (connection)
full join used u using (connection)
left join speed v using (connection)
left join recent r using (connection)
left join failed f using (connection)
order by connection
