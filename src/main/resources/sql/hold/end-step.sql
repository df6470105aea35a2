-- Writes down why one hold of a group could not be done; see db/functions/hold/R__hold_step_end.sql.
-- in: job, hold, again (was it the ledger's own trouble), answer   out: outcome
select orderweir.hold_step_end(:#${variable.job}::bigint, :#${variable.hold}::bigint, :#${variable.again}::boolean, :#${variable.answer}::text) as outcome
