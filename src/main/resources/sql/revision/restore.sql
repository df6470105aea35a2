-- A person brings an earlier revision back; see db/functions/revision/R__revision_restore.sql.
-- in: number, by   out: the answer as JSON text
with given as materialized (
  select :#${variable.number}::bigint as number, :#${variable.by}::text as by)
select orderweir.audit_note(by, 'revision.restore', number::text, orderweir.revision_restore(number, by))::text
from given
