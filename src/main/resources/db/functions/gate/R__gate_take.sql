-- Takes one gate under the lock of its order: by build, or by order (name or key) and line, of which the newest build counts.
create or replace function gate_take(p_build bigint, p_order text, p_line text, p_gate text) returns orderweir.gate language plpgsql as $$
declare
  entities bigint[];
  taken orderweir.gate;
begin
  if p_build is not null then
    entities := array(select entity_id from orderweir.build where id = p_build);
  else
    entities := array(select id from orderweir.entity where key = p_order or name in (p_order, '#' || p_order) order by id);
  end if;
  if cardinality(entities) = 0 then
    raise exception 'There is no %.', coalesce('build ' || p_build, 'order ' || p_order) using errcode = 'OW404';
  elsif cardinality(entities) > 1 then
    raise exception 'Several orders are called %. Use one of their keys: %.', p_order,
      (select string_agg(key, ', ' order by key) from orderweir.entity where id = any (entities)) using errcode = 'OW409';
  end if;
  perform orderweir.entity_lock(entities[1]);
  select g.* into taken
  from orderweir.build b
  join orderweir.gate g on g.build_id = b.id and g.name = p_gate
  where b.entity_id = entities[1] and (b.id = p_build or p_build is null and b.line_id = p_line)
  order by (select max(d.id) from orderweir.delivery d where d.build_id = b.id and not d.cancel) desc nulls last
  limit 1;
  if not found then
    raise exception 'Order %: % has no gate %.', orderweir.entity_called(entities[1]),
      coalesce('build ' || p_build, 'line ' || p_line), p_gate using errcode = 'OW404';
  end if;
  return taken;
end $$;
