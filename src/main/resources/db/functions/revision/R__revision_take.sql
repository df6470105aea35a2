-- What a process sees in its directories becomes the newest revision; returns the number of that which runs then. A process that starts brings nothing back that was there before:
-- its directories may be older than what runs. Nor does one that sees a change late which a person has taken back meanwhile.
create or replace function revision_take(p_digest text, p_by text, p_starts boolean, p_paths text[], p_contents bytea[], p_at timestamptz) returns bigint language plpgsql as $$
declare
  newest orderweir.revision;
  given bigint;
begin
  lock table orderweir.revision in share row exclusive mode;
  select * into newest from orderweir.revision order by number desc limit 1;
  if newest.digest = p_digest
      or p_starts and exists (select from orderweir.revision r where r.digest = p_digest)
      or newest.restores is not null and exists (
        select from orderweir.revision r where r.digest = p_digest and r.number = newest.number - 1 and r.taken_at > p_at - interval '5 minutes') then
    return newest.number;
  end if;
  given := coalesce(newest.number, 0) + 1;
  insert into orderweir.revision (number, digest, taken_at, taken_by) values (given, p_digest, p_at, coalesce(p_by, 'directory'));
  insert into orderweir.revision_file (number, path, content) select given, f.path, f.content from unnest(p_paths, p_contents) as f (path, content);
  delete from orderweir.revision_refused;
  delete from orderweir.revision_file where number <= given - 100;
  return given;
end $$;
