-- There is always an admin who can say who sees what (L10).
create or replace trigger person_keep_an_admin after update on person
  for each row when (old.role = 'admin' and old.locked_at is null and old.password is not null and (new.role <> 'admin' or new.locked_at is not null))
  execute function person_keep_an_admin();
