-- Lets a paused connection go on; see db/migration/V004__release.sql.
-- in: connection, by   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'connection.resume', :#${variable.connection}::text,
  orderweir.resume_connection(:#${variable.connection}::text, :#${variable.by}::text))::text
