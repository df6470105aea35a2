-- Plans a message that was held because it could not be understood; see db/functions/hold/R__hold_release_message.sql.
-- in: hold, by, seen, changes, document, job (the work on a group it belongs to, or null)   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.by}::text as by, :#${variable.seen}::text as seen, :#${variable.changes}::jsonb as changes,
         :#${variable.document}::jsonb as document, :#${variable.job}::bigint as job)
select orderweir.audit_note(by, 'hold.release', orderweir.hold_order(hold),
  orderweir.hold_job_worked(job, hold, orderweir.hold_release_message(hold, by, seen, changes, document)))::text
from given
