-- Makes the coming days of the call log and drops those kept long enough; see db/functions/call/R__calls_keep.sql.
-- in: kept (s), now   out: how many days were dropped
select orderweir.calls_keep(make_interval(secs => :#kept::float8), coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as dropped
