-- From which offset on a partition is taken in, under its lock. Errors: OW001 it was never assigned, OW003 a record of the batch below the place is not known,
-- OW004 it stands still.
create or replace function ledger_place(p_topic text, p_partition int, p_records jsonb) returns bigint language plpgsql as $$
declare
  place bigint;
  halted boolean;
  misplaced bigint;
begin
  select next_offset, stopped_at is not null into place, halted from orderweir.intake where topic = p_topic and partition = p_partition for update;
  if not found then
    raise exception 'partition % of % has no intake row', p_partition, p_topic using errcode = 'OW001';
  end if;
  if halted then
    raise exception 'partition % of % stands still', p_partition, p_topic using errcode = 'OW004';
  end if;
  if (p_records -> 0 ->> 'offset')::bigint < place then
    -- the same delivery to us, or, of one that came again under another name, the same operation
    select e."offset" into misplaced
    from jsonb_populate_recordset(null::orderweir.event, p_records) as e
    where e."offset" < place
      and not exists (select from orderweir.message m where m.ce_id = e.ce_id)
      and not exists (
        select from orderweir.entity n
        join orderweir.message m on m.entity_id = n.id and m.hash = e.hash and coalesce(m.version, e.version) is not distinct from e.version
        where (n.connection, n.type, n.key) = (e.connection, e.type, e.entity_key))
    order by e."offset"
    limit 1;
    if found then
      raise exception 'partition % of %: record % was never taken in, and stands below %', p_partition, p_topic, misplaced, place using errcode = 'OW003';
    end if;
  end if;
  return place;
end $$;
