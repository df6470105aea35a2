-- Asks on the session of a replica whether it is still that.
-- in: number   out: one row if it is
select from orderweir.replica where number = ?
