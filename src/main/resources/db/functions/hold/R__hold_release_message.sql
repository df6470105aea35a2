-- Plans a message that could not be understood before. document: {entity_key, version, hash, name, canonical, deliveries}.
-- An event that was named by its delivery, because its bytes told no id, goes to the order it is about. An older one is refused, with the newer one named.
create or replace function hold_release_message(p_hold bigint, p_by text, p_seen text, p_changes jsonb, p_document jsonb) returns jsonb language plpgsql as $$
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
  taken := orderweir.hold_take(p_hold, p_seen);
  select * into strict known from orderweir.entity
  where connection = held.connection and type = held.type and key = p_document ->> 'entity_key';
  if orderweir.message_is_older((p_document ->> 'version')::timestamptz, p_document -> 'canonical' ->> 'status' = 'cancelled', held.triggered_at, known.message_id) then
    raise exception '% %: superseded by %. Discard this one.', initcap(held.type), orderweir.entity_called(known.id),
      coalesce(orderweir.message_newer(known.message_id), 'a newer version') using errcode = 'OW409';
  end if;

  update orderweir.message
  set entity_id = known.id, version = (p_document ->> 'version')::timestamptz, hash = p_document ->> 'hash', state = 'planned', reason = null
  where id = held.id;
  update orderweir.payload set canonical = p_document -> 'canonical' where message_id = held.id;
  update orderweir.entity
  set version = (p_document ->> 'version')::timestamptz, hash = p_document ->> 'hash', message_id = held.id, name = coalesce(p_document ->> 'name', name)
  where id = known.id;
  perform orderweir.correction_note(known.id, p_by, p_changes);
  update orderweir.hold
  set closed_at = clock_timestamp(), resolved_by = p_by,
      resolution = case when p_changes = '[]' then 'released' else 'released with a correction' end
  where id = p_hold;
  perform orderweir.hold_close_older(known.id, held.id);
  perform orderweir.plan_messages(array[row(known.id, held.id, p_document -> 'deliveries', 0)::orderweir.plan]);
  perform orderweir.bring_in_line(array(select distinct e from unnest(array[known.id, held.entity_id]) as e order by e));
  select * into planned from orderweir.message where id = held.id;
  return jsonb_build_object('hold', p_hold, 'message', held.id, 'state', planned.state, 'planned', planned.planned,
    'corrections', jsonb_array_length(p_changes), 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('%s %s: released, %s.', initcap(held.type), orderweir.entity_called(known.id),
      case planned.planned when 0 then planned.reason when 1 then '1 delivery planned' else format('%s deliveries planned', planned.planned) end));
end $$;
