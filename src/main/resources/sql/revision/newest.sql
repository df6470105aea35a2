-- The revision that all processes run by.
-- in: nothing   out: number, or no row where none was ever mounted
select number from orderweir.revision order by number desc limit 1
