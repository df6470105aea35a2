-- Writes one change of a pool, and of a channel of it, once for each operation; every change of units goes through here, so the entries sum to the state.
-- in: p_pool, p_connection (null = the pool alone), p_operation, p_what, and how much each number changes; p_position: the warehouse's number of a movement
-- out: false = it was written before
create or replace function stock_write(p_pool text, p_connection text, p_operation text, p_what text, p_on_hand bigint, p_open bigint, p_given bigint, p_orders bigint, p_cancels bigint,
  p_position bigint, p_at timestamptz) returns boolean language plpgsql as $$
begin
  perform from orderweir.stock s where s.pool = p_pool for update;
  insert into orderweir.stock_entry (operation, pool, connection, what, at, on_hand, open, given, orders, cancels, position)
  values (p_operation, p_pool, p_connection, p_what, p_at, p_on_hand, p_open, p_given, p_orders, p_cancels, p_position)
  on conflict (operation) do nothing;
  if not found then
    return false;
  end if;
  update orderweir.stock
  set on_hand = on_hand + p_on_hand, open = open + p_open, granted = granted + p_given - p_orders + p_cancels
  where pool = p_pool;
  update orderweir.stock_grant
  set given = given + p_given, orders = orders + p_orders, cancels = cancels + p_cancels
  where pool = p_pool and connection = p_connection;
  return true;
end $$;
