-- Finds gates that are past their deadline, each once.
-- in: now   out: one sentence per gate
select late as sentence from orderweir.gate_find_late(coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as late
