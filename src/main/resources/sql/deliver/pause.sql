-- Stops a connection; see db/migration/V005__connections.sql.
-- in: connection, by, reason   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'connection.pause', :#${variable.connection}::text,
  orderweir.pause_connection(:#${variable.connection}::text, :#${variable.by}::text, :#${variable.reason}::text))::text
