-- Lets a paused connection go on; see db/functions/call/R__connection_resume.sql.
-- in: connection, by   out: the answer as JSON text
select orderweir.audit_note(g.by, 'connection.resume', g.connection, orderweir.connection_resume(g.connection, g.by))::text
from (select :#${variable.connection}::text as connection, :#${variable.by}::text as by) g
