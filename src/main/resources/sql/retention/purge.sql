-- Removes payloads that have been kept long enough; see db/functions/retention/R__payloads_purge.sql.
-- in: kept (JSON {type: s}), others (s), now   out: how many were removed
select orderweir.payloads_purge(:#kept::jsonb, :#others::float8, 10000, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as removed
