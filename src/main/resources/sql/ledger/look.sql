-- Compares what was taken in with the log it comes from; see db/functions/intake/R__intake_look.sql.
-- in: log (JSON: cluster, partitions), now   out: one row for each partition that is read: topic, partition, stopped
select l.topic, l.partition, l.stopped
from orderweir.intake_look(:#${variable.log}::jsonb, coalesce(:#${variable.now}::timestamptz, clock_timestamp())) l
