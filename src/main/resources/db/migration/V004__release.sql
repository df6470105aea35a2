-- What a person may do: release or discard what is held, open a gate, let a paused connection go on. Each is one function, so that
-- the entity's row is taken first and every statement after it sees what the lock waited for. A refusal is an error with the sentence
-- the person reads: OW400 the request lacks something, OW404 there is no such thing, OW409 too late, OW422 not possible as asked.

alter table connection_state add column resumed_at timestamptz, add column resumed_by text;
comment on column connection_state.resumed_by is 'who last let it go on after a pause';

-- a person knows the order, not the connection; the corrections of a batch are looked up by key alone too
create index entity_key on entity (key);

create function utc(p_at timestamptz) returns text language sql as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Changes whenever a message or a correction of the entity is added: what was read before is then no longer all there is.
create function entity_seen(p_entity bigint) returns text language sql as $$
  select concat_ws('.', (select max(id) from orderweir.message where entity_id = p_entity),
    (select count(*) from orderweir.correction where entity_id = p_entity))
$$;

-- Takes an open hold under its entity's lock.
create function take_hold(p_hold bigint, p_seen text) returns orderweir.hold language plpgsql as $$
declare
  taken orderweir.hold;
  owner bigint;
begin
  select m.entity_id into owner from orderweir.hold h join orderweir.message m on m.id = h.message_id where h.id = p_hold;
  if not found then
    raise exception 'There is no hold %.', p_hold using errcode = 'OW404';
  end if;
  perform orderweir.lock_entity(owner);
  select * into taken from orderweir.hold where id = p_hold for update;
  if taken.closed_at is not null then
    raise exception 'Hold % was closed at %: %.', p_hold, orderweir.utc(taken.closed_at),
      concat_ws(' by ', taken.resolution, taken.resolved_by) using errcode = 'OW409';
  end if;
  if p_seen <> orderweir.entity_seen(owner) then
    raise exception 'The order has changed since you looked at it. Look at it again, then release it.' using errcode = 'OW409';
  end if;
  return taken;
end $$;

create function note_corrections(p_entity bigint, p_by text, p_changes jsonb) returns void language sql as $$
  insert into orderweir.correction (entity_id, made_by, path, replaced, value)
  select p_entity, p_by, array(select jsonb_array_elements_text(c.change -> 'path')), c.change -> 'replaced', c.change -> 'value'
  from jsonb_array_elements(p_changes) with ordinality as c (change, place)
  order by c.place
$$;

-- Puts a corrected document in the place of a message's own. What is not sent yet gets the new fingerprint; what is under way keeps the old
-- one, so that a newer version corrects the target. An edit may not move lines between targets, nor change what a gate was opened for.
create function correct_message(p_message bigint, p_canonical jsonb, p_hash text, p_deliveries jsonb) returns void language plpgsql as $$
declare
  owner bigint;
begin
  select entity_id into owner from orderweir.message where id = p_message;
  if exists (
      select from orderweir.delivery d
      left join jsonb_to_recordset(p_deliveries) as i (connection text, part text, cancel boolean, line_ids jsonb, gate_basis text)
        on i.connection = d.connection and i.part = d.part
      where d.message_id = p_message and d.state in ('gated', 'ready', 'sending', 'unsure', 'held')
        and (i.cancel, i.line_ids, i.gate_basis) is distinct from (d.cancel, d.line_ids, d.gate_basis))
    or exists (
      select from jsonb_to_recordset(p_deliveries) as i (connection text, part text)
      where not exists (
        select from orderweir.lane l where l.entity_id = owner and l.connection = i.connection and l.part = i.part)) then
    raise exception 'This changes which lines go where, or a line that waits at a gate. Change it in the shop: its next event takes the place of this one.'
      using errcode = 'OW422';
  end if;
  update orderweir.payload set canonical = p_canonical where message_id = p_message;
  update orderweir.message set hash = p_hash where id = p_message;
  update orderweir.entity set hash = p_hash where id = owner and message_id = p_message;
  with corrected as (
    update orderweir.delivery d
    set fingerprint = i.fingerprint
    from jsonb_to_recordset(p_deliveries) as i (connection text, part text, fingerprint text)
    where d.message_id = p_message and i.connection = d.connection and i.part = d.part and d.state in ('gated', 'ready', 'held')
    returning d.lane_id, d.seq, d.fingerprint)
  update orderweir.lane l
  set fingerprint = c.fingerprint
  from corrected c
  where l.id = c.lane_id and l.last_seq = c.seq;
end $$;

-- Sends a held delivery on its way again. documents: array of {message, canonical, hash, deliveries}, corrected by changes.
create function release_delivery(p_hold bigint, p_by text, p_seen text, p_changes jsonb, p_documents jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold := orderweir.take_hold(p_hold, p_seen);
  released orderweir.delivery;
  document jsonb;
begin
  perform orderweir.note_corrections(m.entity_id, p_by, p_changes) from orderweir.message m where m.id = taken.message_id;
  for document in select * from jsonb_array_elements(p_documents) loop
    perform orderweir.correct_message((document ->> 'message')::bigint, document -> 'canonical', document ->> 'hash', document -> 'deliveries');
  end loop;
  update orderweir.hold
  set closed_at = clock_timestamp(), resolved_by = p_by,
      resolution = case when p_changes = '[]' then 'released' else 'released with a correction' end
  where id = p_hold;
  update orderweir.delivery d
  set state = case when d.unsure_since is not null then 'unsure' when d.closed_gates > 0 then 'gated' else 'ready' end,
      due_at = greatest(clock_timestamp(), l.quiet_at),
      attempts = 0,
      reason = null
  from orderweir.lane l
  where d.id = taken.delivery_id and d.state = 'held' and l.id = d.lane_id
  returning d.* into released;
  if not found then
    raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
  end if;
  return jsonb_build_object('hold', p_hold, 'delivery', released.id, 'state', released.state, 'corrections', jsonb_array_length(p_changes),
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: released to %s%s.', (select coalesce(name, key) from orderweir.entity where id = released.entity_id), released.connection,
      case jsonb_array_length(p_changes) when 0 then '' when 1 then ' with 1 correction' else format(' with %s corrections', jsonb_array_length(p_changes)) end));
end $$;

-- Plans a message that could not be understood before. document: {entity_key, version, hash, name, canonical, deliveries}.
-- An event that was named by its delivery, because its bytes told no id, goes to the order it is about.
create function release_message(p_hold bigint, p_by text, p_seen text, p_changes jsonb, p_document jsonb) returns jsonb language plpgsql as $$
declare
  held orderweir.message;
  known orderweir.entity;
  taken orderweir.hold;
  planned orderweir.message;
begin
  select m.* into held from orderweir.hold h join orderweir.message m on m.id = h.message_id where h.id = p_hold;
  if not found then
    raise exception 'There is no hold %.', p_hold using errcode = 'OW404';
  end if;
  insert into orderweir.entity (connection, type, key) values (held.connection, held.type, p_document ->> 'entity_key')
  on conflict (connection, type, key) do nothing;
  -- two entities at most, in the order in which all who append take them
  perform from orderweir.entity e
  where e.id = held.entity_id or (e.connection, e.type, e.key) = (held.connection, held.type, p_document ->> 'entity_key')
  order by e.connection, e.type, e.key
  for update;
  taken := orderweir.take_hold(p_hold, p_seen);
  select * into strict known from orderweir.entity
  where connection = held.connection and type = held.type and key = p_document ->> 'entity_key';
  if (p_document ->> 'version')::timestamptz < known.version then
    raise exception 'Order %: superseded by a newer version. Discard this one.', coalesce(known.name, known.key) using errcode = 'OW409';
  end if;

  update orderweir.message
  set entity_id = known.id, version = (p_document ->> 'version')::timestamptz, hash = p_document ->> 'hash', state = 'planned', reason = null
  where id = held.id;
  update orderweir.payload set canonical = p_document -> 'canonical' where message_id = held.id;
  update orderweir.entity
  set version = (p_document ->> 'version')::timestamptz, hash = p_document ->> 'hash', message_id = held.id, name = coalesce(p_document ->> 'name', name)
  where id = known.id;
  perform orderweir.note_corrections(known.id, p_by, p_changes);
  update orderweir.hold
  set closed_at = clock_timestamp(), resolved_by = p_by,
      resolution = case when p_changes = '[]' then 'released' else 'released with a correction' end
  where id = p_hold;
  perform orderweir.close_message_holds(known.id, held.id);
  perform orderweir.plan_message(known.id, held.id, p_document -> 'deliveries');
  perform orderweir.refresh_waits(known.id);
  perform orderweir.refresh_waits(held.entity_id) where held.entity_id <> known.id;
  select * into planned from orderweir.message where id = held.id;
  return jsonb_build_object('hold', p_hold, 'message', held.id, 'state', planned.state, 'planned', planned.planned,
    'corrections', jsonb_array_length(p_changes), 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: released, %s.', coalesce(p_document ->> 'name', known.key),
      case planned.planned when 0 then planned.reason when 1 then '1 delivery planned' else format('%s deliveries planned', planned.planned) end));
end $$;

-- Gives up what is held. What waits for it is given up with it: it would wait for ever.
create function discard(p_hold bigint, p_by text, p_reason text) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold;
  given_up orderweir.delivery;
  owner bigint;
  others int := 0;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why it is discarded: the reason stays with the order.' using errcode = 'OW400';
  end if;
  taken := orderweir.take_hold(p_hold, null);
  select entity_id into owner from orderweir.message where id = taken.message_id;
  update orderweir.hold set closed_at = clock_timestamp(), resolved_by = p_by, resolution = 'discarded: ' || p_reason where id = p_hold;
  if taken.delivery_id is null then
    update orderweir.message set state = 'discarded', reason = p_reason where id = taken.message_id;
  else
    update orderweir.delivery
    set state = 'discarded', head = false, done_at = clock_timestamp(), reason = p_reason
    where id = taken.delivery_id and state = 'held'
    returning * into given_up;
    if not found then
      raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
    end if;
    update orderweir.lane set fingerprint = null where id = given_up.lane_id;
    with lost as (
      update orderweir.delivery d
      set state = 'discarded', head = false, done_at = clock_timestamp(),
          reason = format('it comes after what was discarded at %s: %s', given_up.connection, p_reason)
      from orderweir.lane l
      where d.entity_id = owner and d.after_lane_id = given_up.lane_id and l.id = given_up.lane_id and d.state in ('gated', 'ready', 'held')
        -- without a record at the target nothing that comes after it will ever have its turn
        and (d.message_id = given_up.message_id or l.remote_id is null and not exists (
          select from orderweir.delivery o where o.lane_id = l.id and o.id <> given_up.id and o.state in ('gated', 'ready', 'sending', 'unsure', 'held')))
      returning d.id, d.lane_id),
    forgotten as (
      update orderweir.lane set fingerprint = null where id in (select lane_id from lost)),
    closed as (
      update orderweir.hold set closed_at = clock_timestamp(), resolved_by = p_by, resolution = 'discarded: ' || p_reason
      where delivery_id in (select id from lost) and closed_at is null)
    select count(*) into others from lost;
  end if;
  perform orderweir.refresh_waits(owner);
  return jsonb_build_object('hold', p_hold, 'delivery', taken.delivery_id, 'message', taken.message_id, 'discardedWithIt', others,
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: discarded%s.', (select coalesce(name, key) from orderweir.entity where id = owner),
      case others when 0 then '' when 1 then ', and 1 delivery that comes after it' else format(', and %s deliveries that come after it', others) end));
end $$;

-- Opens one gate of one line, found by its delivery, or by order (name or key) and line. The first evidence stays.
create function open_gate(p_delivery bigint, p_order text, p_line text, p_gate text, p_by text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  entities bigint[];
  line orderweir.delivery;
  opening orderweir.gate;
begin
  if p_delivery is not null then
    entities := array(select entity_id from orderweir.delivery where id = p_delivery);
  else
    entities := array(select id from orderweir.entity where key = p_order or name in (p_order, '#' || p_order) order by id);
  end if;
  if cardinality(entities) = 0 then
    raise exception 'There is no %.', coalesce('delivery ' || p_delivery, 'order ' || p_order) using errcode = 'OW404';
  elsif cardinality(entities) > 1 then
    raise exception 'Several orders are called %. Use one of their keys: %.', p_order,
      (select string_agg(key, ', ' order by key) from orderweir.entity where id = any (entities)) using errcode = 'OW409';
  end if;
  perform orderweir.lock_entity(entities[1]);
  select d.* into line from orderweir.delivery d
  join orderweir.gate g on g.delivery_id = d.id and g.name = p_gate
  where d.entity_id = entities[1] and (d.id = p_delivery or p_delivery is null and d.part = p_line)
  order by d.id desc
  limit 1;
  if not found then
    raise exception 'Order %: % has no gate %.', (select coalesce(name, key) from orderweir.entity where id = entities[1]),
      coalesce('delivery ' || p_delivery, 'line ' || p_line), p_gate using errcode = 'OW404';
  end if;
  select * into opening from orderweir.gate where delivery_id = line.id and name = p_gate;
  if opening.opened_at is null then
    if line.state not in ('gated', 'held') then
      raise exception 'Delivery % does not wait any more: it is % (%).', line.id, line.state, coalesce(line.reason, 'no reason given') using errcode = 'OW409';
    end if;
    update orderweir.gate
    set opened_at = clock_timestamp(), opened_by = p_by, evidence = p_evidence
    where delivery_id = line.id and name = p_gate
    returning * into opening;
    -- a counter, not "no closed gate left": two last ones opened together must not both miss that they were the last
    update orderweir.delivery
    set closed_gates = closed_gates - 1,
        state = case when state = 'gated' and closed_gates = 1 then 'ready' else state end
    where id = line.id
    returning * into line;
    return jsonb_build_object('delivery', line.id, 'gate', p_gate, 'alreadyOpen', false, 'closedGates', line.closed_gates, 'state', line.state,
      'by', p_by, 'at', orderweir.utc(opening.opened_at), 'evidence', p_evidence,
      'answer', format('Gate %s is open. %s', p_gate, case when line.closed_gates > 0 then format('%s still closed.', line.closed_gates)
        when line.state = 'held' then 'The line is held for another reason.' else 'The line is requested now.' end));
  end if;
  return jsonb_build_object('delivery', line.id, 'gate', p_gate, 'alreadyOpen', true, 'closedGates', line.closed_gates, 'state', line.state,
    'by', opening.opened_by, 'at', orderweir.utc(opening.opened_at), 'evidence', opening.evidence,
    'answer', format('Gate %s is already open: %s opened it at %s. That evidence stays.', p_gate, opening.opened_by, orderweir.utc(opening.opened_at)));
end $$;

-- Lets a paused connection go on at once, with what was put off by the pause.
create function resume_connection(p_connection text, p_by text) returns jsonb language plpgsql as $$
declare
  paused orderweir.connection_state;
begin
  select * into paused from orderweir.connection_state where connection = p_connection and paused_at is not null for update;
  if not found then
    return jsonb_build_object('connection', p_connection, 'wasPaused', false, 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
      'answer', format('Connection %s is not paused.', p_connection));
  end if;
  update orderweir.connection_state
  set paused_at = null, reason = null, resumed_at = clock_timestamp(), resumed_by = p_by
  where connection = p_connection;
  update orderweir.delivery
  set due_at = clock_timestamp()
  where connection = p_connection and claimable and due_at > clock_timestamp() and reason = paused.reason;
  return jsonb_build_object('connection', p_connection, 'wasPaused', true, 'pausedAt', orderweir.utc(paused.paused_at), 'reason', paused.reason,
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Connection %s goes on. It had been paused since %s: %s', p_connection, orderweir.utc(paused.paused_at), paused.reason));
end $$;
