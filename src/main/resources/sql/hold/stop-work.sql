-- Stops the work on a group; see db/functions/hold/R__hold_job_stop.sql.
-- in: job, by   out: the answer as JSON text
with given as materialized (
  select :#${variable.job}::bigint as job, :#${variable.by}::text as by)
select orderweir.audit_note(g.by, 'hold.group.stop', (select j.fingerprint from orderweir.hold_job j where j.id = g.job), orderweir.hold_job_stop(g.job, g.by))::text
from given g
