-- Looks whether the target has the record of a held delivery: it is unsure until that is known. Found, it is confirmed (or brought up to date,
-- where an older content may be there); absent, it is held again.
create or replace function hold_look(p_hold bigint, p_by text) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold := orderweir.hold_take(p_hold, null);
  looked orderweir.delivery;
  at_target orderweir.lane;
begin
  if taken.delivery_id is null then
    raise exception 'It was never understood, so no target can have it.' using errcode = 'OW422';
  end if;
  select * into looked from orderweir.delivery where id = taken.delivery_id and state = 'held';
  if not found then
    raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
  end if;
  select * into at_target from orderweir.lane where id = looked.lane_id;
  if looked.cancel then
    raise exception 'It is a cancel: release it, or discard it.' using errcode = 'OW422';
  elsif at_target.remote_id is not null then
    raise exception '% has it as % already; what is held is a change of it.', looked.connection, at_target.remote_id using errcode = 'OW422';
  elsif looked.closed_gates > 0 or not looked.head then
    raise exception 'Nothing of it has been sent: it waits %.', case when looked.closed_gates > 0 then 'at a gate' else 'for an earlier one' end using errcode = 'OW422';
  end if;
  update orderweir.hold set closed_at = clock_timestamp(), resolved_by = p_by, resolution = 'looked for at the target' where id = p_hold;
  update orderweir.delivery
  set state = 'unsure', looks = true, looked_at = clock_timestamp(), unsure_since = coalesce(unsure_since, clock_timestamp()),
      due_at = greatest(clock_timestamp(), at_target.quiet_at), attempts = 0, reason = 'looked for at the target'
  where id = looked.id;
  return jsonb_build_object('hold', p_hold, 'delivery', looked.id, 'state', 'unsure', 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: %s is asked whether it has it. If so the hold is closed, if not it comes back.',
      orderweir.entity_called(looked.entity_id), looked.connection));
end $$;
