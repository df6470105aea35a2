-- A call was taken that was made with a token; see db/functions/token/R__token_worked.sql.
-- in: connection, number (of the token)   out: one row of nothing
select orderweir.token_worked(?, ?) as known
