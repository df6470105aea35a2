-- Writes down why one hold of a group could not be done; see db/migration/V017__holds.sql.
-- in: job, hold, again (was it the ledger's own trouble), answer   out: outcome
select orderweir.end_hold_step(:#${variable.job}::bigint, :#${variable.hold}::bigint, :#${variable.again}::boolean, :#${variable.answer}::text) as outcome
