-- Whether nobody can enter as admin.
-- in: nothing   out: one row
select not exists (select from orderweir.person p where p.role = 'admin' and p.password is not null and p.locked_at is null) as nobody
