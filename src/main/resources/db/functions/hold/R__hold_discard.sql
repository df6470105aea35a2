-- Gives up what is held. What waits for it is given up with it: it would wait for ever.
create or replace function hold_discard(p_hold bigint, p_by text, p_reason text) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold;
  given_up orderweir.delivery;
  owner bigint;
  others int := 0;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why it is discarded: the reason stays with the order.' using errcode = 'OW400';
  end if;
  taken := orderweir.hold_take(p_hold, null);
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
        -- goods that wait for a total go when two people accept it, of whatever version they are; without a record at the target nothing that comes after it will ever have its turn
        and (d.message_id = given_up.message_id or taken.reason = 'money.differs' or l.remote_id is null and not exists (
          select from orderweir.delivery o where o.lane_id = l.id and o.id <> given_up.id and o.state in ('gated', 'ready', 'sending', 'unsure', 'held')))
      returning d.id, d.lane_id),
    forgotten as (
      update orderweir.lane set fingerprint = null where id in (select lane_id from lost)),
    closed as (
      update orderweir.hold set closed_at = clock_timestamp(), resolved_by = p_by, resolution = 'discarded: ' || p_reason
      where delivery_id in (select id from lost) and closed_at is null)
    select count(*) into others from lost;
  end if;
  perform orderweir.bring_in_line(array[owner]);
  return jsonb_build_object('hold', p_hold, 'delivery', taken.delivery_id, 'message', taken.message_id, 'discardedWithIt', others,
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: discarded%s.', orderweir.entity_called(owner),
      case others when 0 then '' when 1 then ', and 1 delivery that comes after it' else format(', and %s deliveries that come after it', others) end));
end $$;
