-- Lets a paused connection go on; see db/functions/call/R__connection_resume.sql.
-- in: connection, by   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'connection.resume', :#${variable.connection}::text,
  orderweir.connection_resume(:#${variable.connection}::text, :#${variable.by}::text))::text
