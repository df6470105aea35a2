-- Begins a session, forgets the wrong guesses that came from the same address, and tells the audit log.
-- in: name, address or null, hash of its key, seconds it lasts   out: one row
with
  given as materialized (select lower(?::text) as name, ?::text as address, ?::bytea as hash, ?::float8 as lasts),
  forgotten as (delete from orderweir.guess g using given where g.name = given.name and g.address = given.address returning g.name)
select orderweir.audit_note(p.name, 'access.enter', p.name, orderweir.key_give(p.name, 'session', null, given.hash, make_interval(secs => given.lasts)))
from given
join orderweir.person p on lower(p.name) = given.name
