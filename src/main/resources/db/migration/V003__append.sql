-- Takes one batch of one partition into the ledger, in one transaction, record by record under the entity's lock.
-- records: array of {offset, ce_id, connection, type, entity_key, name, correlation_id, captured_at, raw (base64), version, hash,
--   canonical, note, hold {reason, sentence, path}, deliveries [{connection, port, part, external_id, priority, goods_moving, cancel,
--   after {connection, part}, line_ids [id], gates [name], gate_basis, fingerprint, hold {reason, sentence, path}}]}
-- Returns the next offset. Errors: OW001 the partition was never assigned, OW002 a gap before the batch's first new record.
create function append(p_topic text, p_partition int, p_records jsonb) returns bigint language plpgsql as $$
declare
  place bigint;
  taken bigint := 0;
  r record;
begin
  select next_offset into place from orderweir.intake where topic = p_topic and partition = p_partition for update;
  if not found then
    raise exception 'partition % of % has no intake row', p_partition, p_topic using errcode = 'OW001';
  end if;

  -- every entity of the batch, in one order for all who append: no two batches can wait for each other
  insert into orderweir.entity (connection, type, key)
  select distinct connection, type, entity_key
  from jsonb_to_recordset(p_records) as i (connection text, type text, entity_key text)
  order by 1, 2, 3
  on conflict (connection, type, key) do nothing;
  perform from orderweir.entity e
  where (e.connection, e.type, e.key) in (
    select connection, type, entity_key from jsonb_to_recordset(p_records) as i (connection text, type text, entity_key text))
  order by e.connection, e.type, e.key
  for update;

  for r in
    select distinct on ("offset") * from jsonb_to_recordset(p_records) as i (
      "offset" bigint, ce_id text, connection text, type text, entity_key text, name text, correlation_id text,
      captured_at timestamptz, raw text, version timestamptz, hash text, canonical jsonb, note text, hold jsonb, deliveries jsonb)
    where "offset" >= place
    order by "offset"
  loop
    if r."offset" <> place then
      raise exception 'partition % of %: record % expected, % read', p_partition, p_topic, place, r."offset" using errcode = 'OW002';
    end if;
    perform orderweir.append_record(p_topic, p_partition, r."offset", r.ce_id, r.connection, r.type, r.entity_key, r.name, r.correlation_id,
      r.captured_at, decode(r.raw, 'base64'), r.version, r.hash, r.canonical, r.note, r.hold, r.deliveries);
    place := place + 1;
    taken := taken + 1;
  end loop;

  update orderweir.intake set next_offset = place, records = records + taken where topic = p_topic and partition = p_partition;
  return place;
end $$;

-- One record: a repeat is counted, an older version is set aside, a newer one takes the place of what waits.
create function append_record(
  p_topic text, p_partition int, p_offset bigint, p_ce_id text, p_connection text, p_type text, p_entity_key text, p_name text,
  p_correlation_id text, p_captured_at timestamptz, p_raw bytea, p_version timestamptz, p_hash text, p_canonical jsonb, p_note text,
  p_hold jsonb, p_deliveries jsonb) returns void language plpgsql as $$
declare
  known orderweir.entity;
  message bigint;
  outdated boolean;
begin
  -- the same delivery to us again
  update orderweir.message set repeats = repeats + 1 where ce_id = p_ce_id;
  if found then
    return;
  end if;
  select * into strict known from orderweir.entity where connection = p_connection and type = p_type and key = p_entity_key;
  -- the same operation, brought by another delivery
  if p_hold is null and (known.version, known.hash) = (p_version, p_hash) then
    update orderweir.message set repeats = repeats + 1 where id = known.message_id;
    return;
  end if;
  outdated := coalesce(p_version < known.version, false);

  insert into orderweir.message (state, type, connection, entity_id, version, reason, captured_at, topic, partition, "offset", ce_id, correlation_id, hash)
  values (
    case when outdated then 'superseded' when p_hold is not null then 'held' when p_note is not null then 'noted' else 'planned' end,
    p_type, p_connection, known.id, p_version,
    case when outdated then 'a newer version is known' else coalesce(p_hold ->> 'reason', p_note) end,
    p_captured_at, p_topic, p_partition, p_offset, p_ce_id, p_correlation_id, p_hash)
  returning id into message;
  insert into orderweir.payload (message_id, canonical, raw) values (message, p_canonical, p_raw);
  if outdated then
    return;
  end if;

  perform orderweir.close_message_holds(known.id, message);
  if p_hold is not null then
    insert into orderweir.hold (message_id, reason, sentence, path, fingerprint)
    values (message, p_hold ->> 'reason', p_hold ->> 'sentence', p_hold ->> 'path', concat_ws('|', p_connection, p_hold ->> 'reason', p_hold ->> 'path'));
    update orderweir.entity set name = coalesce(p_name, name) where id = known.id;
    perform orderweir.refresh_waits(known.id);
    return;
  end if;

  update orderweir.entity set version = p_version, hash = p_hash, message_id = message, name = coalesce(p_name, name) where id = known.id;
  if p_note is null then
    perform orderweir.plan_message(known.id, message, p_deliveries);
  end if;
  perform orderweir.refresh_waits(known.id);
end $$;

-- Plans every delivery of one message; a message that changes nothing for any target is noted.
create function plan_message(p_entity bigint, p_message bigint, p_deliveries jsonb) returns void language plpgsql as $$
declare
  d record;
  plans int := 0;
begin
  for d in
    select * from jsonb_to_recordset(p_deliveries) as i (
      connection text, port text, part text, external_id text, priority smallint, goods_moving boolean, cancel boolean,
      after jsonb, line_ids jsonb, gates jsonb, gate_basis text, fingerprint text, hold jsonb)
  loop
    if orderweir.plan_delivery(p_entity, p_message, d.connection, d.port, d.part, d.external_id, d.priority, d.goods_moving, d.cancel,
      d.after, d.line_ids, d.gates, d.gate_basis, d.fingerprint, d.hold) then
      plans := plans + 1;
    end if;
  end loop;
  update orderweir.message
  set planned = plans,
      state = case when plans = 0 then 'noted' else 'planned' end,
      reason = case when plans = 0 then 'nothing changed for any target' end
  where id = p_message;
end $$;

-- A newer version answers for the entity's messages that wait in the Error Hold bin.
create function close_message_holds(p_entity bigint, p_newer bigint) returns void language plpgsql as $$
begin
  with answered as (
    update orderweir.message
    set state = 'superseded', reason = 'newer version from the shop'
    where entity_id = p_entity and state = 'held' and id < p_newer
    returning id)
  update orderweir.hold h
  set closed_at = clock_timestamp(), resolution = 'superseded: newer version from the shop'
  from answered a
  where h.message_id = a.id and h.delivery_id is null and h.closed_at is null;
end $$;

-- Plans one part for one target: true if there is a new row, false if the target has, or will have, this very content.
create function plan_delivery(
  p_entity bigint, p_message bigint, p_connection text, p_port text, p_part text, p_external_id text, p_priority smallint, p_goods_moving boolean,
  p_cancel boolean, p_after jsonb, p_line_ids jsonb, p_gates jsonb, p_gate_basis text, p_fingerprint text, p_hold jsonb) returns boolean language plpgsql as $$
declare
  at_target orderweir.lane;
  after_lane bigint;
  older bigint;
  closed int;
  in_flight boolean;
  planned bigint;
begin
  insert into orderweir.lane (connection, entity_id, part) values (p_connection, p_entity, p_part)
  on conflict (entity_id, connection, part) do nothing;
  select * into at_target from orderweir.lane where entity_id = p_entity and connection = p_connection and part = p_part;
  if at_target.fingerprint = p_fingerprint and at_target.cancelled = p_cancel then
    return false;
  end if;
  if p_after is not null then
    insert into orderweir.lane (connection, entity_id, part) values (p_after ->> 'connection', p_entity, p_after ->> 'part')
    on conflict (entity_id, connection, part) do nothing;
    select id into after_lane from orderweir.lane
    where entity_id = p_entity and connection = p_after ->> 'connection' and part = p_after ->> 'part';
  end if;

  update orderweir.delivery
  set state = 'superseded', head = false, done_at = clock_timestamp(),
      reason = case when p_cancel then 'the order was cancelled' else 'newer version from the shop' end
  where lane_id = at_target.id and state in ('gated', 'ready', 'held');
  in_flight := exists (select from orderweir.delivery where lane_id = at_target.id and state in ('sending', 'unsure'));

  -- gates already open stay open while what they were opened for is unchanged
  select d.id into older from orderweir.delivery d
  where d.lane_id = at_target.id and d.gate_basis = p_gate_basis
  order by d.id desc
  limit 1;
  select count(*) into closed from jsonb_array_elements_text(p_gates) as g (name)
  where not exists (select from orderweir.gate o where o.delivery_id = older and o.name = g.name and o.opened_at is not null);

  update orderweir.lane
  set last_seq = last_seq + 1, fingerprint = p_fingerprint, cancelled = p_cancel
  where id = at_target.id;
  insert into orderweir.delivery (message_id, entity_id, lane_id, after_lane_id, seq, head, closed_gates, state, done_at, reason,
    connection, port, part, external_id, priority, goods_moving, cancel, due_at, line_ids, fingerprint, gate_basis)
  select p_message, p_entity, at_target.id, after_lane, at_target.last_seq + 1,
         not in_flight and w.state <> 'superseded', case when w.state in ('gated', 'held') then closed else 0 end,
         w.state, case when w.state = 'superseded' then clock_timestamp() end,
         case w.state when 'superseded' then 'cancelled before anything was sent' when 'held' then p_hold ->> 'reason' end,
         p_connection, p_port, p_part, p_external_id, p_priority, p_goods_moving, p_cancel,
         greatest(clock_timestamp(), at_target.quiet_at), p_line_ids, p_fingerprint, p_gate_basis
  from (select case
    when p_cancel and not in_flight and at_target.remote_id is null and not at_target.doubtful then 'superseded'
    when p_hold is not null then 'held'
    when closed > 0 then 'gated'
    else 'ready' end as state) w
  returning id into planned;

  insert into orderweir.gate (delivery_id, name, opened_at, opened_by, evidence)
  select planned, g.name, o.opened_at, o.opened_by, o.evidence
  from jsonb_array_elements_text(p_gates) as g (name)
  left join orderweir.gate o on o.delivery_id = older and o.name = g.name;
  if p_hold is not null and not p_cancel then
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint)
    values (p_message, planned, p_hold ->> 'reason', p_hold ->> 'sentence', p_hold ->> 'path',
      concat_ws('|', p_connection, p_hold ->> 'reason', p_hold ->> 'path'));
  end if;
  return true;
end $$;
