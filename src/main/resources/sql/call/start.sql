-- Commits that the bytes of these calls are about to leave; of a call without a row nothing may be sent: it was taken back, has been made, or would outlast its lease.
-- in: calls (numbers), needs (s each may take at most), now   out: call
with
  given as materialized (
    select c.call, c.needs, coalesce(?::timestamptz, clock_timestamp()) as at
    from unnest(?::bigint[], ?::float8[]) as c (call, needs))
update orderweir.call c
set called_at = g.at
from given g
where c.id = g.call
  and c.called_at is null
  and c.leased_until >= g.at + make_interval(secs => g.needs)
returning c.id as call
