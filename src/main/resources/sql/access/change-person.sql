-- Gives a person another role, locks her out, or lets her in again; null leaves it as it is.
-- in: by, name, name, role or null, locked or null   out: one row with the answer as JSON
select orderweir.audit_note(?, 'person.change', ?, orderweir.person_change(?, ?::text, ?::boolean)) as answer
