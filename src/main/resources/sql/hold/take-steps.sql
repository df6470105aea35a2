-- Takes the next holds of the work that people asked for; see db/migration/V017__holds.sql.
-- in: most, now   out: job, hold, tries, what, by, request (JSON text), one row per hold
select job, hold, tries, what, by, request from orderweir.take_hold_steps(:#${variable.most}::int, coalesce(:#${variable.now}::timestamptz, clock_timestamp()))
