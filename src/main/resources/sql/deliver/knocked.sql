-- Whether the door is open: then one delivery is tried at once, else somebody knocks again.
-- in: connection, open, now   out: connection
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at)
update orderweir.connection_state s
set closed = not :#open::boolean,
    probe_at = at + case when :#open::boolean then interval '0' else interval '0.4 second' + random() * interval '0.2 second' end
from clock
where s.connection = :#connection and s.closed
returning s.connection
