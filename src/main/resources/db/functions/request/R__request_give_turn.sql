-- Says of gates that take a slot, or ask the shop, whether it is their turn. The shop is asked last of all: what waits for more than its word has its turn when it waits for that no more (plan_refresh_waits).
create or replace function request_give_turn(p_build bigint) returns void language sql as $$
  update orderweir.gate g
  set turn_at = case when g.opened_at is null and cardinality(orderweir.gate_closed_before(g)) = 0 then coalesce(g.turn_at, clock_timestamp()) end
  where g.build_id = p_build and g.rule ? 'calendar';
  update orderweir.gate g
  set turn_at = coalesce(g.turn_at, clock_timestamp() + case when orderweir.goods_turn(g) = 'now' then interval '0' else interval '5 minutes' end)
  where g.build_id = p_build and g.rule ? 'asks' and g.opened_at is null
    and not exists (select from orderweir.gate o where o.build_id = g.build_id and o.name <> g.name and o.opened_at is null)
$$;
