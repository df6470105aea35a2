-- Knows a person of the directory by name, as what the directory says she is now.
-- in: name, role   out: one row, or none when a person with a password of ours has the name, or she is locked out
insert into orderweir.person as p (name, role) values (?, ?)
on conflict ((lower(name))) do update set role = excluded.role
where p.password is null and p.locked_at is null
returning p.name
