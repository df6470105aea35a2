-- Begins the call in which a connection's next token is asked for, when it is time for it; see db/functions/token/R__token_take.sql.
-- in: connection, tokenKeys (JSON array of names), repeatable, waits (s a permit is waited for), lease (s), settles (s), limits (how many are configured), replica (or null), now
-- out: one row, or none: call, waitMillis, refresh (sealed, base64, or null)
select t.call, ceil(extract(epoch from t.starts_at - n.at) * 1000)::bigint as "waitMillis", encode(t.refresh, 'base64') as refresh
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) n
cross join lateral orderweir.token_take(:#connection::text, array(select jsonb_array_elements_text(:#tokenKeys::jsonb)), :#${variable.repeatable}::boolean, make_interval(secs => :#waits::float8),
  make_interval(secs => :#lease::float8), make_interval(secs => :#settles::float8), :#${variable.limits}::int, :#${variable.replica}::int, n.at) t
