-- Each target: paused or not, what waits for it, since when it has been failing, and how much of its limits is taken.
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
  used as (
    select a.connection, jsonb_agg(jsonb_build_object('limit', a.limit_name, 'calls', a.slots,
             'windowMs', extract(epoch from a.window_length) * 1000, 'taken', p.taken) order by a.limit_name) as limits
    from orderweir.allowance a
    cross join lateral (
      select count(*) as taken from orderweir.permit p
      where p.connection = a.connection and p.limit_name = a.limit_name and p.free_at > (select at from clock)) p
    group by a.connection)
select connection, s.paused_at as "pausedAt", s.reason as "pausedReason", s.resumed_at as "resumedAt", s.resumed_by as "resumedBy",
       nullif(s.succeeded_at, '-infinity') as "succeededAt", w.failed_at as "failedAt", w.reason as "lastReason",
       -- failing since its last success, and not only for a moment
       coalesce(w.failed_at > s.succeeded_at and s.succeeded_at < (select at from clock) - interval '2 seconds', false) as away,
       coalesce(w.due, 0) as due, coalesce(w.blocked, 0) as blocked, coalesce(w.gated, 0) as gated, coalesce(w.sending, 0) as sending,
       coalesce(w.unsure, 0) as unsure, coalesce(w.held, 0) as held, coalesce(u.limits, '[]') as limits
from orderweir.connection_state s
full join waiting w using (connection)
full join used u using (connection)
order by connection
