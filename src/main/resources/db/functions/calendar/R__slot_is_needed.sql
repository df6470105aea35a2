-- Whether a slot is: its gate is open for something that is wanted, or what was asked for behind it is not cancelled yet.
create or replace function slot_is_needed(p_slot orderweir.slot) returns boolean language sql stable as $$
  select case when g.opened_at is not null then orderweir.request_is_wanted(g.build_id) else orderweir.request_is_made(g.build_id, g.name) end
  from orderweir.gate g where g.build_id = p_slot.build_id and g.name = p_slot.gate
$$;
