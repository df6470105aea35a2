-- Plans that a channel below zero is put back to it; what that raises was sold, so it is charged already.
-- in: p_units: how far it is below zero, 0 = it is not   out: the call, or null
create or replace function stock_lift(p_pool text, p_connection text, p_units bigint, p_at timestamptz) returns bigint language sql as $$
  insert into orderweir.stock_call (pool, connection, what, units, owed, planned_at)
  select p_pool, p_connection, 'raise', p_units, true, p_at where p_units > 0
  returning id
$$;
