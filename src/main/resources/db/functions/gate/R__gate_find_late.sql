-- Finds gates that are past their deadline, each once; returns what a person should be told.
create or replace function gate_find_late(p_at timestamptz default clock_timestamp()) returns setof text language plpgsql as $$
declare
  late record;
  taken orderweir.gate;
begin
  for late in
    select g.build_id, g.name, b.entity_id from orderweir.gate g join orderweir.build b on b.id = g.build_id
    where g.opened_at is null and g.late_at is null and g.due_at < p_at
      -- what is held for another reason is told when it waits at its gates again
      and (not orderweir.request_is_wanted(g.build_id) or exists (
        select from orderweir.delivery d where d.build_id = g.build_id and d.state = 'gated' and g.name = any (d.behind)))
    limit 200
  loop
    -- who is busy with the order may open it just now
    perform from orderweir.entity where id = late.entity_id for update skip locked;
    continue when not found;
    update orderweir.gate set late_at = p_at
    where build_id = late.build_id and name = late.name and opened_at is null and late_at is null and due_at < p_at
    returning * into taken;
    continue when not found or not exists (
      select from orderweir.delivery where build_id = late.build_id and state = 'gated' and late.name = any (behind));
    insert into orderweir.gate_decision (build_id, gate, at, decision, by, due_at) values (late.build_id, late.name, p_at, 'late', 'the deadline', taken.due_at);
    return next format('Order %s: gate %s of line %s was due at %s.', orderweir.entity_called(late.entity_id), late.name,
      (select line_id from orderweir.build where id = late.build_id), orderweir.utc(taken.due_at));
    if taken.held_when_late then
      perform orderweir.gate_hold(taken, 'gate-late', format('Order %s: gate %s of line %s was not opened until %s. Give it more time or open it, or discard the line.',
        orderweir.entity_called(late.entity_id), late.name,
        (select line_id from orderweir.build where id = late.build_id), orderweir.utc(taken.due_at)));
      perform orderweir.bring_in_line(array[late.entity_id]);
    end if;
  end loop;
end $$;
