-- Takes one permit of every limit of a connection for a test call; see db/functions/call/R__test_begin.sql.
-- in: connection, waits (s a permit is waited for), lease (s), settles (s), limits (how many are configured), now
-- out: test, waitMillis, leasedUntil, or why not and againAt
select (b.begun ->> 'test')::bigint as test, coalesce((b.begun ->> 'waitMillis')::bigint, 0) as "waitMillis", (b.begun ->> 'leasedUntil')::timestamptz as "leasedUntil", b.begun ->> 'why' as why, (b.begun ->> 'againAt')::timestamptz as "againAt"
from (
  select orderweir.test_begin(:#${variable.connection}::text, make_interval(secs => :#${variable.waits}::float8), make_interval(secs => :#${variable.lease}::float8), make_interval(secs => :#${variable.settles}::float8),
    :#${variable.limits}::int, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as begun) b
