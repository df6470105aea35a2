-- Lets go what waits to be read back of a connection that does not any more; see db/functions/total/R__totals_let_go.sql.
-- in: connection   out: how many records
select orderweir.totals_let_go(:#connection::text) as gone
