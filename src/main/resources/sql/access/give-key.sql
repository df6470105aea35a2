-- Makes a token for a program, or a link that sets a password.
-- in: by, person, person, kind, label or null, hash, seconds it lasts   out: one row with the answer as JSON
select orderweir.audit_note(?, 'key.give', ?, orderweir.key_give(?, ?, ?::text, ?, make_interval(secs => ?))) as answer
