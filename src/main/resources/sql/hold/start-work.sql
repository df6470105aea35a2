-- Starts what a person asks for a whole group; see db/functions/hold/R__hold_job_start.sql.
-- in: group, by, what (release fix discard), asked (JSON text)   out: the answer as JSON text
with given as materialized (
  select :#${variable.group}::text as "group", :#${variable.by}::text as by, :#${variable.what}::text as what, :#${variable.asked}::jsonb as asked)
select orderweir.audit_note(by, concat('hold.group.', what), "group", orderweir.hold_job_start("group", by, what, asked))::text
from given
