-- Whether nobody can enter as admin, with a password of ours or, where one lets people in, through a directory.
-- in: whether a directory does   out: one row
select not exists (
  select from orderweir.person p
  where p.role = 'admin' and p.locked_at is null
    and (p.password is not null or ?::boolean and exists (select from orderweir.audit a where a.by = p.name and a.action = 'access.enter'))) as nobody
