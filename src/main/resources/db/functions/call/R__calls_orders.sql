-- The orders that these calls are about: what they deliver, what they read back, and of what they ask a shop.
create or replace function calls_orders(p_calls bigint[]) returns bigint[] language sql stable as $$
  select array(
    select d.entity_id from orderweir.delivery d where d.call_id = any (p_calls)
    union
    select l.entity_id from orderweir.lane l where l.read_call = any (p_calls)
    union
    select b.entity_id from orderweir.gate g join orderweir.build b on b.id = g.build_id where g.asked_call = any (p_calls))
$$;
