-- The orders that these calls are about: what they deliver, and what they read back.
create or replace function calls_orders(p_calls bigint[]) returns bigint[] language sql stable as $$
  select array(
    select d.entity_id from orderweir.delivery d where d.call_id = any (p_calls)
    union
    select l.entity_id from orderweir.lane l where l.read_call = any (p_calls))
$$;
