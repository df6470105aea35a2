-- Names what was acknowledged and is gone: partition 3: records 85 to 91.
create or replace function intake_lost_words(p_partition int, p_from bigint, p_to bigint) returns text language sql immutable as $$
  select format('partition %s: %s', p_partition, case when p_to = p_from + 1 then format('record %s', p_from) else format('records %s to %s', p_from, p_to - 1) end)
$$;
