-- Takes in again what stands still; see db/functions/intake/R__intake_take_in.sql.
-- in: by, topic, partition, offset (all may be null but by), now   out: the answer as JSON text
select orderweir.intake_take_in(:#${variable.by}::text, :#${variable.topic}::text, :#${variable.partition}::int, :#${variable.offset}::bigint,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp()))::text as answer
