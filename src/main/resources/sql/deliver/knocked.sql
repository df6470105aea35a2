-- Whether the door is open: then one delivery is tried at once, else somebody knocks again.
-- in: connection, open, now   out: connection
with
  given as materialized (
    select :#connection::text as connection, :#open::boolean as open, coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at)
update orderweir.connection_state s
set closed = not g.open,
    probe_at = g.at + case when g.open then interval '0' else interval '0.4 second' + random() * interval '0.2 second' end
from given g
where s.connection = g.connection and s.closed
returning s.connection
