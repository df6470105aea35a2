-- Counts everything row by row, and says whether the books balance; see db/functions/tally/R__recount.sql.
-- in: by, within (s; a counting that young is told again; null = count now)   out: the answer as JSON text
with given as materialized (
  select :#${variable.by}::text as by, :#${variable.within}::float8 as within)
select case when within is null then orderweir.audit_note(by, 'books.recount', 'the books', orderweir.recount(by, null))
  else orderweir.recount(by, clock_timestamp() - make_interval(secs => within)) end::text
from given
