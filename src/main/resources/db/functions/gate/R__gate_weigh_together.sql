-- Where an order is shipped together, each of its builds has a gate with the rule {together}: it is open while nothing of the order waits at another gate.
create or replace function gate_weigh_together(p_entity bigint) returns void language plpgsql as $$
declare
  waits text;
  built bigint;
  gate orderweir.gate;
begin
  if not exists (select from orderweir.build b join orderweir.gate g on g.build_id = b.id where b.entity_id = p_entity and g.rule ? 'together') then
    return;
  end if;
  select string_agg(format('gate %s of line %s', g.name, b.line_id), ', ' order by b.line_id, g.name) into waits
  from orderweir.build b join orderweir.gate g on g.build_id = b.id
  where b.entity_id = p_entity and g.opened_at is null and not g.rule ? 'together' and orderweir.request_is_planned(b.id);
  for built in
    select b.id from orderweir.build b join orderweir.gate g on g.build_id = b.id
    where b.entity_id = p_entity and g.rule ? 'together' and (g.opened_at is null) = (waits is null) and orderweir.request_is_planned(b.id)
      and (g.opened_by is null or g.opened_by = 'the order')
      -- what a person closed is opened by a person
      and not exists (
        select from (select d.by, d.decision from orderweir.gate_decision d where d.build_id = b.id and d.gate = g.name order by d.id desc limit 1) last
        where last.by <> 'the order' and last.decision in ('closed', 'refused'))
    order by b.id
  loop
    -- the one before may have moved it already
    select g.* into gate from orderweir.gate g where g.build_id = built and g.rule ? 'together' and (g.opened_at is null) = (waits is null);
    continue when not found;
    if waits is null then
      perform orderweir.gate_let_through(gate, 'the order', 'nothing else of the order waits', '{"waits": "nothing"}', gate);
    else
      perform orderweir.gate_shut(gate, 'the order', left(waits || ' is closed', 500), null);
    end if;
  end loop;
end $$;
