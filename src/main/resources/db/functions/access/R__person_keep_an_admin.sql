-- There is always an admin who can enter.
create or replace function person_keep_an_admin() returns trigger language plpgsql as $$
begin
  perform from orderweir.person p where p.role = 'admin' order by p.name for update;
  if not exists (select from orderweir.person p where p.role = 'admin' and p.locked_at is null and p.password is not null) then
    raise exception '% is the last admin who can enter. Make another person an admin first.', old.name using errcode = 'OW409';
  end if;
  return null;
end $$;
