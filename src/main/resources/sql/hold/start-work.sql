-- Starts what a person asks for a whole group; see db/migration/V017__holds.sql.
-- in: group, by, what (release fix discard), asked (JSON text)   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, concat('hold.group.', :#${variable.what}::text), :#${variable.group}::text,
  orderweir.start_hold_job(:#${variable.group}::text, :#${variable.by}::text, :#${variable.what}::text, :#${variable.asked}::jsonb))::text
