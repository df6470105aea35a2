-- Stops a partition whose log has other records where known ones stood.
-- in: topic, partition   out: sentence, or null when it stood still already
select orderweir.intake_stop(?, ?, clock_timestamp()) as sentence
