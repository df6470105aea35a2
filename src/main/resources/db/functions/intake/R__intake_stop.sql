-- Stops a partition whose log has other records where known ones stood. Returns the sentence for the log, or null when it stood still already.
create or replace function intake_stop(p_topic text, p_partition int, p_at timestamptz) returns text language plpgsql as $$
begin
  update orderweir.intake i
  set stopped_at = p_at, stopped_for = 'other-records'
  where i.topic = p_topic and i.partition = p_partition and i.stopped_at is null;
  if found then
    return format('Nothing of partition %s of %s is taken in any more: its log has %s. The console says what to do.', p_partition, p_topic, orderweir.intake_stop_words('other-records'));
  end if;
  return null;
end $$;
