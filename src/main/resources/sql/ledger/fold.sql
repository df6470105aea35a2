-- Folds the running totals of the console; see db/migration/V018__flow.sql.
-- in: nothing   out: how many rows were folded
select orderweir.fold_tally() as folded
