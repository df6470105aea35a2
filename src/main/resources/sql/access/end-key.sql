-- Takes a token, a link or a session away.
-- in: by, key, key   out: one row with the answer as JSON
select orderweir.audit_note(?, 'key.end', ?::text, orderweir.key_end(?)) as answer
