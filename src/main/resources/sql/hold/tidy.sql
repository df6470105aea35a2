-- Looks for what may be at its target although its calls failed, and ends what was agreed of groups that are empty; see db/functions/hold/R__hold_look_for_doubtful.sql.
-- in: now   out: looked, over
select orderweir.hold_look_for_doubtful(10, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as looked, orderweir.hold_group_tidy() as over
