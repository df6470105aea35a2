-- Books the next slot for a build that waits for one and for nothing before it, first come first served; returns what was done, or null.
-- One transaction, one order.
create or replace function slot_book_next(p_at timestamptz default clock_timestamp()) returns text language plpgsql as $$
declare
  waiting record;
  asked orderweir.gate;
  free date;
begin
  for waiting in
    select c as calendar, g.build_id, g.name, b.entity_id
    from orderweir.calendar c
    cross join lateral (
      select build_id, name from orderweir.gate
      where rule ->> 'calendar' = c.name and turn_at is not null and orderweir.calendar_free_day(c, p_at) is not null
      order by turn_at, build_id limit 20) g
    join orderweir.build b on b.id = g.build_id
  loop
    perform from orderweir.entity where id = waiting.entity_id for update skip locked;
    continue when not found;
    select * into asked from orderweir.gate where build_id = waiting.build_id and name = waiting.name and turn_at is not null;
    continue when not found;
    if not orderweir.gate_waits(asked.build_id) then
      update orderweir.gate set turn_at = null where build_id = asked.build_id and name = asked.name;
      continue;
    end if;
    -- one whose cancel is still under way is booked already
    select day into free from orderweir.slot where build_id = asked.build_id and gate = asked.name;
    while free is null loop
      free := orderweir.calendar_free_day(waiting.calendar, p_at);
      if free is null then
        return null;
      end if;
      -- whoever came first may have taken the last one
      update orderweir.calendar_day c set taken = c.taken + 1 where c.calendar = (waiting.calendar).name and c.day = free and c.taken < c.slots;
      if found then
        insert into orderweir.slot (build_id, gate, calendar, day) values (asked.build_id, asked.name, (waiting.calendar).name, free);
      else
        free := null;
      end if;
    end loop;
    perform orderweir.gate_let_through(asked, 'calendar ' || (waiting.calendar).name, 'a slot is booked',
      jsonb_build_object('calendar', (waiting.calendar).name, 'day', free), asked);
    perform orderweir.bring_in_line(array[waiting.entity_id]);
    return format('a slot of %s on %s is booked', (waiting.calendar).name, free);
  end loop;
  return null;
end $$;
