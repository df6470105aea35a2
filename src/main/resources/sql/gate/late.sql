-- Finds gates that are past their deadline, each once.
-- in: now   out: one sentence per gate
select late as sentence from orderweir.late_gates(coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as late
