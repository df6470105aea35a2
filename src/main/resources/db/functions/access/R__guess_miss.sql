-- Counts a wrong password for the name and address it came from. Of those for a name the audit log has the 1st, the 10th, the 100th … after an hour without any, so that nobody can fill it.
create or replace function guess_miss(p_name text, p_address text) returns void language plpgsql as $$
declare
  whose text := (select p.name from orderweir.person p where lower(p.name) = lower(p_name));
  counted int;
begin
  delete from orderweir.guess g
  using (
    select o.name, o.address from orderweir.guess o
    where o.at < clock_timestamp() - interval '1 hour'
    order by o.at
    limit 100
    for update skip locked) old
  where g.name = old.name and g.address = old.address;
  insert into orderweir.guess as g (name, address) values (lower(p_name), p_address)
  on conflict (name, address) do update set times = g.times + 1, at = excluded.at;
  -- all addresses together; of names that nobody has, all names together
  insert into orderweir.guess as g (name, address) values (coalesce(lower(whose), ''), '')
  on conflict (name, address) do update set times = g.times + 1, at = excluded.at
  returning g.times into counted;
  if counted::text ~ '^10*$' then
    perform orderweir.audit_note('', 'access.refused', coalesce(whose, ''), jsonb_build_object('person', whose, 'times', counted, 'address', p_address,
      'answer', format('Somebody tried %sto enter with a password that is not %s, last from %s.', case when counted > 1 then counted || ' times ' end,
        coalesce('that of ' || whose, 'anybody''s'), p_address)));
  end if;
end $$;
