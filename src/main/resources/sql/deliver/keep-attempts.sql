-- Makes the coming days of the attempts and drops those kept long enough; see db/migration/V005__connections.sql.
-- in: kept (s)   out: how many days were dropped
select orderweir.keep_attempts(make_interval(secs => :#kept::float8)) as dropped
