-- What is wrong with what a directory holds now, and no process runs by.
-- in: nothing   out: faults, at; no row when nothing is refused
select to_jsonb(faults) as faults, refused_at as at from orderweir.revision_refused order by refused_at desc limit 1
