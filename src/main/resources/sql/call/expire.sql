-- Takes back the calls of dead processes; see db/functions/call/R__calls_expire.sql.
-- in: connections (JSON array of {connection, reaches, settles}), replica (this one's number, or null), now   out: one row per delivery: call, delivery, state
select e.call, e.delivery_id as delivery, e.state
from orderweir.calls_expire(:#connections::jsonb, :#${variable.replica}::int, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) e
