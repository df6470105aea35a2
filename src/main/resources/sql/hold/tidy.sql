-- Looks for what may be at its target although its calls failed, and ends what was agreed of groups that are empty; see db/migration/V017__holds.sql.
-- in: now   out: looked, over
select orderweir.look_for_doubtful(10, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as looked, orderweir.tidy_hold_groups() as over
