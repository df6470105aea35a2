-- Tells the echo of our own change from somebody else's: a channel never shows more than it may sell, as far as we know, unless somebody has added units, or a cancel
-- that put some on sale again was not heard yet; which of the two, a count says.
-- in: p_pool, p_connection, p_quantity: what it says it shows   out: true = it is to be counted
create or replace function stock_hear(p_pool text, p_connection text, p_quantity bigint) returns boolean language sql stable as $$
  select not g.stale and p_quantity > g.may_sell from orderweir.stock_grant g where g.pool = p_pool and g.connection = p_connection
$$;
