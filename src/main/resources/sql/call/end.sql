-- Ends calls with everything they changed, in one transaction; see db/functions/call/R__calls_end.sql.
-- in: ends (JSON array), requests, answers (texts, in the same order), now   out: one row per delivery: call, delivery, state, attempts, alert (what a person should be told, or null)
select e.call, e.delivery_id as delivery, e.state, e.attempts, e.alert
from orderweir.calls_end(convert_from(?, 'UTF8')::jsonb, ?, ?, coalesce(?::timestamptz, clock_timestamp())) e
