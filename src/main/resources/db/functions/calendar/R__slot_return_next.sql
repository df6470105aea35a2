-- Gives back a slot that is not needed any more; returns what was done, or null. One transaction, one order.
create or replace function slot_return_next() returns text language plpgsql as $$
declare
  booked record;
begin
  for booked in
    select s as slot, b.entity_id from orderweir.slot s join orderweir.build b on b.id = s.build_id where s.doubtful order by s.build_id limit 100
  loop
    perform from orderweir.entity where id = booked.entity_id for update skip locked;
    continue when not found;
    -- it is needed when its gate is open for something that is wanted, or what was asked for behind it is not cancelled yet
    if (select case when g.opened_at is not null then orderweir.request_is_wanted(g.build_id) else orderweir.request_is_made(g.build_id, g.name) end
        from orderweir.gate g where g.build_id = (booked.slot).build_id and g.name = (booked.slot).gate) then
      update orderweir.slot set doubtful = false where build_id = (booked.slot).build_id and gate = (booked.slot).gate;
      continue;
    end if;
    perform orderweir.gate_shut(g, 'calendar ' || (booked.slot).calendar, 'it is not built any more', null)
    from orderweir.gate g where g.build_id = (booked.slot).build_id and g.name = (booked.slot).gate and g.opened_at is not null;
    perform orderweir.bring_in_line(array[booked.entity_id]);
    with returned as (
      delete from orderweir.slot where build_id = (booked.slot).build_id and gate = (booked.slot).gate returning calendar, day)
    update orderweir.calendar_day c set taken = c.taken - 1 from returned r where (c.calendar, c.day) = (r.calendar, r.day);
    return format('a slot of %s on %s is free again', (booked.slot).calendar, (booked.slot).day);
  end loop;
  return null;
end $$;
