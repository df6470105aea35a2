-- Begins the call that reads back what a connection makes of its newest records, or asks a shop who holds goods; see db/functions/call/R__check_take.sql.
-- in: connection, verb (totals or held), port (of held), most (records in one call), waits (s a permit is waited for), lease (s), settles (s), limits (how many are configured), replica (or null), now
-- out: one row, or none: call, waitMillis, port, records (JSON array of their ids at the target)
select t.call, ceil(extract(epoch from t.starts_at - n.at) * 1000)::bigint as "waitMillis", t.port, t.records::text as records
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) n
cross join lateral orderweir.check_take(:#connection::text, :#verb::text, :#${variable.port}::text, :#most::int, make_interval(secs => :#waits::float8), make_interval(secs => :#lease::float8),
  make_interval(secs => :#settles::float8), :#${variable.limits}::int, :#${variable.replica}::int, n.at) t
