-- Folds the running totals of the console; see db/functions/tally/R__tally_fold.sql.
-- in: nothing   out: how many rows were folded
select orderweir.tally_fold() as folded
