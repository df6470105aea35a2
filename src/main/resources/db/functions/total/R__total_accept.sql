-- Accepts that a target makes another total of a record than its order has. It takes two: the first asks, another person accepts. Then what waits for the record goes on.
create or replace function total_accept(p_hold bigint, p_by text, p_reason text) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold;
  accepted orderweir.delivery;
  answer text;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why it is accepted: the reason stays with the order.' using errcode = 'OW400';
  end if;
  taken := orderweir.hold_take(p_hold, null);
  if taken.reason <> 'money.differs' then
    raise exception 'There is no difference to accept: it is held for another reason. Release it, or discard it.' using errcode = 'OW422';
  elsif taken.accept_by = p_by then
    raise exception 'You asked for it already. Another person accepts it.' using errcode = 'OW409';
  elsif taken.accept_by is null then
    update orderweir.hold set accept_by = p_by, accept_why = p_reason where id = p_hold;
    answer := 'asked to accept the difference. Another person accepts it.';
  else
    update orderweir.hold
    set closed_at = clock_timestamp(), resolved_by = p_by, resolution = format('accepted: %s (asked by %s: %s)', p_reason, taken.accept_by, taken.accept_why)
    where id = p_hold;
    update orderweir.delivery
    set state = 'superseded', head = false, done_at = clock_timestamp(), reason = format('the difference was accepted by %s and %s', taken.accept_by, p_by)
    where id = taken.delivery_id and state = 'held'
    returning * into accepted;
    if not found then
      raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
    end if;
    if (accepted.found ->> 'approves')::boolean then
      perform orderweir.total_approve(d) from orderweir.delivery d where d.lane_id = accepted.lane_id and d.state in ('delivered', 'confirmed') order by d.seq desc limit 1;
    end if;
    perform orderweir.bring_in_line(array[accepted.entity_id]);
    answer := format('the difference is accepted, as %s asked. What waited for it goes on.', taken.accept_by);
  end if;
  return jsonb_build_object('hold', p_hold, 'delivery', taken.delivery_id, 'accepted', accepted.id is not null, 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: %s', (select orderweir.entity_called(e.id) from orderweir.message m join orderweir.entity e on e.id = m.entity_id where m.id = taken.message_id), answer));
end $$;
