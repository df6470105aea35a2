-- Commits that the bytes are about to leave; no row means the claim is no longer ours, or has made its call, and nothing may be sent.
-- in: id, claim, needs (s the call may take at most), now   out: started_at
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at)
update orderweir.delivery
set called_at = (select at from clock)
where id = :#id
  and claims = :#claim
  and state = 'sending'
  and called_at is null
  and leased_until >= (select at from clock) + make_interval(secs => :#needs::float8)
returning called_at as "startedAt"
