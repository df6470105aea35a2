-- A call was refused that was made with a token; see db/functions/token/R__token_refused.sql.
-- in: connection, number (of the token), now   out: one row: next (again or ask)
select orderweir.token_refused(?, ?, coalesce(?::timestamptz, clock_timestamp())) as next
