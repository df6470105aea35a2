-- Looks once at everything that may need a person; one replica at a time. See db/functions/alert/R__alert_watch.sql.
-- in: terms (JSON: connections as array of {connection, label, resting}, words as array of {reason, path, word}, objectives as array of {type, seconds}, ends as array of {connection, label, what, on (date), todo}, channels as array of
--     {channel, connection, system, recipient, step, kinds}, urgent (array of kinds), quiet, escalateAfter (s), awayGrace (s), zone, url, skew (s),
--     diskFree, diskSize (bytes), diskFreePercent, databaseSize (bytes)), now
-- out: planned (messages), or null when another replica is looking or has just looked
select orderweir.alert_watch(:#${variable.terms}::jsonb, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as planned
