-- Commits that the message is about to leave; no row means the claim is no longer ours, and nothing may be sent.
-- in: id, claim, needs (s the call may take at most), now   out: begun
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at)
update orderweir.notification n
set called_at = (select at from clock)
where n.id = :#id
  and n.claims = :#claim
  and n.state = 'sending'
  and n.called_at is null
  and n.leased_until >= (select at from clock) + make_interval(secs => :#needs::float8)
returning true as begun
