-- Begins a test call of a connection; see db/functions/call/R__test_take.sql.
-- in: connection, waits (s a permit is waited for), lease (s), settles (s), limits (how many are configured), replica (or null), now
-- out: call, waitMillis, or why not and againAt
select (t.taken ->> 'call')::bigint as call, coalesce((t.taken ->> 'waitMillis')::bigint, 0) as "waitMillis", t.taken ->> 'why' as why, (t.taken ->> 'againAt')::timestamptz as "againAt"
from (
  select orderweir.test_take(:#connection::text, make_interval(secs => :#waits::float8), make_interval(secs => :#lease::float8), make_interval(secs => :#settles::float8), :#${variable.limits}::int,
    :#${variable.replica}::int, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as taken) t
