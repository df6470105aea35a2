-- Counts everything row by row, and says whether the books balance; see db/functions/tally/R__recount.sql.
-- in: by, within (s; a counting that young is told again; null = count now)   out: the answer as JSON text
select case when :#${variable.within}::float8 is null
  then orderweir.audit_note(:#${variable.by}::text, 'books.recount', 'the books', orderweir.recount(:#${variable.by}::text, null))
  else orderweir.recount(:#${variable.by}::text, clock_timestamp() - make_interval(secs => :#${variable.within}::float8))
end::text
