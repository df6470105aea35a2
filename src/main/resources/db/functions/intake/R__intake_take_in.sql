-- A person says from where what stands still is taken in again, and that she knows of what was lost. Without p_from from the beginning of the log: what is known already
-- counts as a repeat. Without p_partition, or without p_topic, all that stand still. Errors: OW400, OW409 with a sentence.
create or replace function intake_take_in(p_by text, p_topic text, p_partition int, p_from bigint, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  place record;
  again jsonb := '[]';
  lost text[] := '{}';
begin
  if p_from is not null and (p_topic is null or p_partition is null) then
    raise exception 'An offset is one partition''s: say topic and partition beside it.' using errcode = 'OW400';
  end if;
  -- who looks just now would take what is said here for what it finds
  perform pg_advisory_xact_lock(hashtext('orderweir.intake_look'));
  for place in
    select i.*, c.begin_offset, c.end_offset
    from orderweir.intake i
    left join orderweir.captured_log c using (topic, partition)
    where (p_topic is null or i.topic = p_topic) and (p_partition is null or i.partition = p_partition) and (i.stopped_at is not null or i.lost_from is not null)
    order by i.topic, i.partition
    for update of i
  loop
    if p_from is not null and not coalesce(p_from between place.begin_offset and place.end_offset, false) then
      raise exception 'Partition % of % has the records % to %: take in from one of them, or from % for what comes next.',
        place.partition, place.topic, place.begin_offset, place.end_offset - 1, place.end_offset using errcode = 'OW400';
    end if;
    update orderweir.intake i
    set next_offset = coalesce(p_from, case when place.stopped_at is null then i.next_offset else coalesce(place.begin_offset, 0) end),
        stopped_at = null, stopped_for = null, lost_from = null, lost_to = null
    where i.topic = place.topic and i.partition = place.partition;
    -- what the next look must count as not taken in; and where the other log had its mark says nothing of this one
    update orderweir.captured_log c
    set next_offset = least(c.next_offset, i.next_offset), mark_time = null, mark_offset = null
    from orderweir.intake i
    where c.topic = place.topic and c.partition = place.partition and i.topic = c.topic and i.partition = c.partition;
    again := again || jsonb_strip_nulls(jsonb_build_object('topic', place.topic, 'partition', place.partition, 'stoppedFor', place.stopped_for, 'expected', place.next_offset,
      'from', coalesce(p_from, case when place.stopped_at is not null then coalesce(place.begin_offset, 0) end), 'lostFrom', place.lost_from, 'lostTo', place.lost_to));
    if place.lost_from is not null then
      lost := lost || orderweir.intake_lost_words(place.partition, place.lost_from, place.lost_to);
    end if;
  end loop;
  if again = '[]' then
    raise exception 'Nothing of that stands still: everything that comes is taken in.' using errcode = 'OW409';
  end if;
  return orderweir.audit_note(p_by, 'intake.take-in', 'the books', jsonb_build_object('partitions', again, 'answer',
    format('%s taken in again.', case jsonb_array_length(again) when 1 then '1 partition is' else jsonb_array_length(again) || ' partitions are' end)
    || case when cardinality(lost) > 0 then format(' What may be gone is written down (%s).', array_to_string(lost, '; ')) else '' end));
end $$;
