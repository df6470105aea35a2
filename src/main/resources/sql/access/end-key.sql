-- Takes a token, a link or a session away.
-- in: by, key, key   out: one row with the answer as JSON
select orderweir.audited(?, 'key.end', ?::text, orderweir.end_key(?)) as answer
