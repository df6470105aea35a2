-- Sets the password of whoever holds the link.
-- in: hash of the link, bcrypt hash of the password   out: one row: the person
select orderweir.audit_note(s.answer ->> 'person', 'access.password', s.answer ->> 'person', s.answer) ->> 'person' as person
from (select orderweir.person_set_password(?, ?) as answer offset 0) s
