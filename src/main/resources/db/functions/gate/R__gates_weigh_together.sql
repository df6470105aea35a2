-- Where an order is shipped together, each of its builds has a gate with the rule {together}: it is open while nothing of the order waits at another gate. Returns whether one moved.
create or replace function gates_weigh_together(p_entities bigint[]) returns boolean language plpgsql as $$
declare
  weighed record;
  moved boolean := false;
begin
  for weighed in
    select t.gate, w.waits
    from orderweir.build b
    cross join lateral (select g as gate from orderweir.gate g where g.build_id = b.id and g.rule ? 'together' offset 0) t
    cross join lateral (
      select string_agg(format('gate %s of line %s', o.name, c.line_id), ', ' order by c.line_id, o.name) as waits
      from orderweir.build c join orderweir.gate o on o.build_id = c.id
      where c.entity_id = b.entity_id and o.opened_at is null and not o.rule ?| '{together,asks}' and orderweir.request_is_planned(c.id)) w
    where b.entity_id = any (p_entities) and ((t.gate).opened_at is null) = (w.waits is null) and orderweir.request_is_planned((t.gate).build_id)
      and ((t.gate).opened_by is null or (t.gate).opened_by = 'the order')
      -- what a person closed is opened by a person
      and not exists (
        select from (select d.by, d.decision from orderweir.gate_decision d where d.build_id = b.id and d.gate = (t.gate).name order by d.id desc limit 1) last
        where last.by <> 'the order' and last.decision in ('closed', 'refused'))
    order by b.id, (t.gate).name
  loop
    if weighed.waits is null then
      perform orderweir.gate_let_through(weighed.gate, 'the order', 'nothing else of the order waits', '{"waits": "nothing"}', weighed.gate);
    else
      perform orderweir.gate_shut(weighed.gate, 'the order', left(weighed.waits || ' is closed', 500), null);
    end if;
    moved := true;
  end loop;
  return moved;
end $$;
