-- Starts what a person asks for a whole group; see db/functions/hold/R__hold_job_start.sql.
-- in: group, by, what (release fix discard), asked (JSON text)   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, concat('hold.group.', :#${variable.what}::text), :#${variable.group}::text,
  orderweir.hold_job_start(:#${variable.group}::text, :#${variable.by}::text, :#${variable.what}::text, :#${variable.asked}::jsonb))::text
