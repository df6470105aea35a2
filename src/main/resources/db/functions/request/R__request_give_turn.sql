-- Says of gates that take a slot whether it is their turn.
create or replace function request_give_turn(p_build bigint) returns void language sql as $$
  update orderweir.gate g
  set turn_at = case when g.opened_at is null and cardinality(orderweir.gate_closed_before(g)) = 0 then coalesce(g.turn_at, clock_timestamp()) end
  where g.build_id = p_build and g.rule ? 'calendar'
$$;
