-- The revisions of what is mounted, the newest first, and what each changed.
-- in: most   out: number, at, by, restores, added, changed, removed (names of files; null where they are not kept any more)
select r.number, r.taken_at as at, r.taken_by as by, r.restores, d.added, d.changed, d.removed
from (select * from orderweir.revision order by number desc limit ?) r
cross join lateral (
  select to_jsonb(array_agg(path order by path) filter (where was.path is null)) as added,
         to_jsonb(array_agg(path order by path) filter (where was.content <> f.content)) as changed,
         to_jsonb(array_agg(path order by path) filter (where f.path is null)) as removed
  from (select * from orderweir.revision_file where number = r.number) f
  full join (select * from orderweir.revision_file where number = r.number - 1) was using (path)) d
order by r.number desc
