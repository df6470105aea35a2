-- Stops a connection; see db/functions/call/R__connection_pause.sql.
-- in: connection, by, reason   out: the answer as JSON text
select orderweir.audit_note(g.by, 'connection.pause', g.connection, orderweir.connection_pause(g.connection, g.by, :#${variable.reason}::text))::text
from (select :#${variable.connection}::text as connection, :#${variable.by}::text as by) g
