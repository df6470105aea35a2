-- The bcrypt hash of a person's password, unless she may not enter or her name was guessed at five times in the last five minutes.
-- in: name   out: one row, or none
select p.password
from orderweir.person p
where lower(p.name) = lower(?) and p.locked_at is null and p.password is not null
  and (p.failures < 5 or p.failed_at < clock_timestamp() - interval '5 minutes')
