-- Whether a test call may still leave: its permits are kept for as long as it can last.
-- in: leasedUntil, needs (s the call may take at most), now   out: begun (false: it is too late), calledAt
select c.at + make_interval(secs => :#${variable.needs}::float8) <= :#${variable.leasedUntil}::timestamptz as begun, c.at as "calledAt"
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) c
