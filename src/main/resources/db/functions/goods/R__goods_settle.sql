-- What ended calls that asked a shop for holds mean for the gates they asked for. One that was not answered changes nothing, and is made again. Whoever calls it holds the orders' rows.
-- found of an end: order of the shop to {open: true}, or {keptBy, until}, and its {parts}; an order that is not in it is not known there yet.
create or replace function goods_settle(p_ends orderweir.call_end[], p_at timestamptz) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  told orderweir.call_end;
  asked record;
  moved bigint[] := '{}';
begin
  for told in select e.* from unnest(p_ends) e where e.purpose = 'check' and e.verb = 'held' order by e.call loop
    for asked in
      select g as gate, e.id as entity_id, substr(e.key, length(e.connection) + 2) as number
      from orderweir.gate g join orderweir.build b on b.id = g.build_id join orderweir.entity e on e.id = b.entity_id
      where g.asked_call = told.call
      order by g.build_id
    loop
      update orderweir.gate set asked_call = null, turn_at = p_at + coalesce(make_interval(secs => told.wait), interval '10 seconds')
      where build_id = (asked.gate).build_id and name = (asked.gate).name;
      if told.outcome = 'done' and told.found is not null and orderweir.goods_weigh(asked.gate, told.found -> asked.number, p_at) then
        moved := moved || asked.entity_id;
      end if;
    end loop;
  end loop;
  if cardinality(moved) > 0 then
    perform orderweir.bring_in_line(moved);
  end if;
end $$;
