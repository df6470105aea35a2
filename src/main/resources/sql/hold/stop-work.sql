-- Stops the work on a group; see db/migration/V017__holds.sql.
-- in: job, by   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.group.stop', (select j.fingerprint from orderweir.hold_job j where j.id = :#${variable.job}::bigint),
  orderweir.stop_hold_job(:#${variable.job}::bigint, :#${variable.by}::text))::text
