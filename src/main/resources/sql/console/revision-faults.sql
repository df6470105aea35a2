-- What is wrong with what a directory holds now, and no process runs by.
-- in: nothing   out: faults, at, waits (for a person); no row when nothing is refused
select to_jsonb(faults) as faults, refused_at as at, waits from orderweir.revision_refused order by refused_at desc limit 1
