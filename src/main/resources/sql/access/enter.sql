-- Begins a session, and tells the audit log.
-- in: name, hash of its key, seconds it lasts   out: one row
with
  person as (
    update orderweir.person p
    set failures = 0, failed_at = null
    where lower(p.name) = lower(?)
    returning p.name)
select orderweir.audit_note(p.name, 'access.enter', p.name, orderweir.key_give(p.name, 'session', null, ?, make_interval(secs => ?)))
from person p
