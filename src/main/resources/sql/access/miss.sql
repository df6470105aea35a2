-- Counts a wrong password; the count begins anew after five minutes.
-- in: name   out: nothing; returns the number of rows
update orderweir.person p
set failures = case when p.failed_at < clock_timestamp() - interval '5 minutes' then 1 else p.failures + 1 end,
    failed_at = clock_timestamp()
where lower(p.name) = lower(?) and p.password is not null
