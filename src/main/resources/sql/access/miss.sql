-- Counts a wrong password, for the name and the address it came from.
-- in: name, address   out: one row
select orderweir.guess_miss(?, ?)
