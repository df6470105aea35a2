-- Takes one batch of one partition into the ledger, in one transaction, under the locks of its entities.
-- p_records: array of {offset, ce_id, connection, type, entity_key, name, correlation_id, captured_at, version, hash, canonical, note,
--   hold {reason, sentence, path}, deliveries [{connection, port, part, external_id, priority, goods_moving, cancel, after {connection, port, part},
--   role, line_ids [id], line_id, class, notice, gates (see plan_messages), gate_basis, fingerprint, hold {reason, sentence, path}}]}
-- p_bodies: the bytes of each record, in the order of their offsets.
-- Returns the next offset. Errors: OW001 the partition was never assigned, OW002 the batch has a gap, or begins behind one, OW003 a record below the place is
-- not known: it was never taken in, so this is another log than the one that was read; OW004 the partition stands still until a person says from where it goes on.
create or replace function ledger_append(p_topic text, p_partition int, p_records jsonb, p_bodies bytea[]) returns bigint language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  place bigint := orderweir.ledger_place(p_topic, p_partition, p_records);
  first bigint := (p_records -> 0 ->> 'offset')::bigint;
  misplaced bigint;
  fresh orderweir.event[];
  round orderweir.event[];
begin
  select coalesce(array_agg(e order by e."offset"), '{}') into fresh
  from jsonb_populate_recordset(null::orderweir.event, p_records) as e
  where e."offset" >= place;
  select e.n into misplaced from (select f."offset", row_number() over (order by f."offset") as n from unnest(fresh) as f) as e
  where e."offset" <> place + e.n - 1 order by e.n limit 1;
  if found then
    raise exception 'partition % of %: record % expected, % read', p_partition, p_topic, place + misplaced - 1, fresh[misplaced]."offset" using errcode = 'OW002';
  end if;

  -- every entity of the batch, in one order for all who append: no two batches can wait for each other
  insert into orderweir.entity (connection, type, key, name)
  select distinct on (connection, type, entity_key) connection, type, entity_key, name from unnest(fresh) order by connection, type, entity_key, "offset"
  on conflict (connection, type, key) do nothing;
  perform from (select distinct connection, type, entity_key from unnest(fresh) order by 1, 2, 3) as f
  cross join lateral (
    select from orderweir.entity e where (e.connection, e.type, e.key) = (f.connection, f.type, f.entity_key) for update) e;

  for round in
    select array_agg(r.e order by (r.e)."offset")
    from (select e, row_number() over (partition by e.connection, e.type, e.entity_key order by e."offset") as n from unnest(fresh) as e) as r
    group by r.n
    order by r.n
  loop
    perform orderweir.ledger_append_round(p_topic, p_partition, round, first, p_bodies);
  end loop;

  update orderweir.intake set next_offset = place + cardinality(fresh), records = records + cardinality(fresh)
  where topic = p_topic and partition = p_partition;
  return place + cardinality(fresh);
end $$;
