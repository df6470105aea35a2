-- Gives up what is held, and what waits for it; see db/functions/hold/R__hold_discard.sql.
-- in: hold, by, reason, job (the work on a group it belongs to, or null)   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.by}::text as by, :#${variable.reason}::text as reason, :#${variable.job}::bigint as job)
select orderweir.audit_note(by, 'hold.discard', orderweir.hold_order(hold), orderweir.hold_job_worked(job, hold, orderweir.hold_discard(hold, by, reason)))::text
from given
