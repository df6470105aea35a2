-- Makes the coming days of the attempts and drops those kept long enough; see db/functions/call/R__attempts_keep.sql.
-- in: kept (s)   out: how many days were dropped
select orderweir.attempts_keep(make_interval(secs => :#kept::float8)) as dropped
