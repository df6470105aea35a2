-- Ends a session, and tells the audit log.
-- in: hash of its key   out: one row, or none where there was no such session
with gone as (delete from orderweir.key k where k.hash = ? and k.kind = 'session' returning k.person)
select orderweir.audit_note(g.person, 'access.leave', g.person, jsonb_build_object('answer', format('%s left.', g.person))) from gone g
