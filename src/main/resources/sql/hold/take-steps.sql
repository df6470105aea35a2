-- Takes the next holds of the work that people asked for; see db/functions/hold/R__hold_job_take_steps.sql.
-- in: most, now   out: job, hold, tries, what, by, request (JSON text), one row per hold
select job, hold, tries, what, by, request from orderweir.hold_job_take_steps(:#${variable.most}::int, coalesce(:#${variable.now}::timestamptz, clock_timestamp()))
