-- Tells of authorisations that end soon while their goods wait, each once.
-- in: now   out: told
select orderweir.gates_tell_ending(coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as told
