-- Stops a connection; see db/functions/call/R__connection_pause.sql.
-- in: connection, by, reason   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'connection.pause', :#${variable.connection}::text,
  orderweir.connection_pause(:#${variable.connection}::text, :#${variable.by}::text, :#${variable.reason}::text))::text
