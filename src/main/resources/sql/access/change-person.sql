-- Gives a person another role, locks her out, or lets her in again; null leaves it as it is.
-- in: by, name, name, role or null, locked or null   out: one row with the answer as JSON
select orderweir.audited(?, 'person.change', ?, orderweir.change_person(?, ?::text, ?::boolean)) as answer
