-- Says at which doors to knock now: targets that did not even take a connection; one process knocks at a time.
-- in: connections (JSON array of {connection}), now   out: connection
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at)
update orderweir.connection_state s
set probe_at = at + interval '3 seconds'
from jsonb_to_recordset(:#connections::jsonb) as c (connection text)
cross join clock
where s.connection = c.connection and s.closed and s.probe_at <= at and s.paused_at is null
returning s.connection
