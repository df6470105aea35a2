-- A person says that a change may be taken up, whatever it touches; see db/functions/revision/R__revision_consent.sql.
-- in: by   out: the answer as JSON text
with given as materialized (
  select :#${variable.by}::text as by)
select orderweir.audit_note(by, 'revision.consent', 'change', orderweir.revision_consent(by))::text
from given
