-- Stops the work on a group; see db/functions/hold/R__hold_job_stop.sql.
-- in: job, by   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'hold.group.stop', (select j.fingerprint from orderweir.hold_job j where j.id = :#${variable.job}::bigint),
  orderweir.hold_job_stop(:#${variable.job}::bigint, :#${variable.by}::text))::text
