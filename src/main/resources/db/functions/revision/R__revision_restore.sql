-- A person brings an earlier revision back: it becomes the newest one, under a number of its own.
create or replace function revision_restore(p_number bigint, p_by text, p_at timestamptz default clock_timestamp()) returns jsonb language plpgsql as $$
declare
  earlier orderweir.revision;
  newest orderweir.revision;
begin
  lock table orderweir.revision in share row exclusive mode;
  select * into newest from orderweir.revision order by number desc limit 1;
  select * into earlier from orderweir.revision where number = p_number;
  if earlier.number is null then
    raise exception 'There is no revision %.', p_number using errcode = 'OW404';
  elsif earlier.number <= newest.number - 100 then
    raise exception 'The files of revision % are not kept any more; those of the newest hundred are.', p_number using errcode = 'OW409';
  elsif earlier.digest = newest.digest then
    raise exception 'Revision % is what runs.', p_number using errcode = 'OW409';
  end if;
  insert into orderweir.revision (number, digest, taken_at, taken_by, restores) values (newest.number + 1, earlier.digest, p_at, p_by, earlier.number);
  insert into orderweir.revision_file (number, path, content) select newest.number + 1, f.path, f.content from orderweir.revision_file f where f.number = earlier.number;
  return jsonb_build_object('number', newest.number + 1, 'restores', earlier.number, 'by', p_by, 'at', orderweir.utc(p_at),
    'answer', format('Revision %s is back as revision %s. Every process takes it up within seconds; the mounted directories stay as they are, and the next change in them counts again.',
      earlier.number, newest.number + 1));
end $$;
