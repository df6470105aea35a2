-- Releases a held delivery with its corrections; see db/functions/hold/R__hold_release_delivery.sql.
-- in: hold, by, seen, changes, documents, job (the work on a group it belongs to, or null)   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.by}::text as by, :#${variable.seen}::text as seen, :#${variable.changes}::jsonb as changes,
         :#${variable.documents}::jsonb as documents, :#${variable.job}::bigint as job)
select orderweir.audit_note(by, 'hold.release', orderweir.hold_order(hold),
  orderweir.hold_job_worked(job, hold, orderweir.hold_release_delivery(hold, by, seen, changes, documents)))::text
from given
