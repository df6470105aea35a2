-- Lets a person in, who sets her password with the link that is made for her.
-- in: by, name, name, role   out: one row with the answer as JSON
select orderweir.audit_note(?, 'person.add', ?, orderweir.person_add(?, ?)) as answer
