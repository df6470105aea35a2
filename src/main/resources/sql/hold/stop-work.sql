-- Stops the work on a group; see db/migration/V017__holds.sql.
-- in: job, by   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.group.stop', :#${variable.job}::text,
  orderweir.stop_hold_job(:#${variable.job}::bigint, :#${variable.by}::text))::text
