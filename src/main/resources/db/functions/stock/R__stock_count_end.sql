-- Ends a count, after the orders that came until its read are booked: given falls to what was sold and what was shown, and rises where somebody else has added units.
-- What may have happened is added, and only what surely had is taken off. An unsure call is settled by it.
-- in: p_count   out: how many units somebody else has added; null = it is not the count that is under way, or it has read nothing
create or replace function stock_count_end(p_count bigint, p_at timestamptz) returns bigint language plpgsql as $$
declare
  channel orderweir.stock_grant;
  highest bigint;
  proven bigint;
  target bigint;
begin
  perform from orderweir.stock s join orderweir.stock_grant g on g.pool = s.pool where g.count_id = p_count for update of s;
  select * into channel from orderweir.stock_grant g where g.count_id = p_count and g.quantity is not null;
  if not found then
    return null;
  end if;
  highest := channel.orders - channel.cancels_before + greatest(channel.quantity, 0);
  proven := channel.orders_before - channel.cancels + channel.quantity;
  target := case when channel.stale then highest else greatest(least(channel.given, highest), proven) end;
  perform orderweir.stock_write(channel.pool, channel.connection, 'count/' || p_count, 'count', 0, 0, target - channel.given, 0, 0, null, p_at);
  update orderweir.stock_call set state = 'void' where pool = channel.pool and connection = channel.connection and state = 'unsure';
  update orderweir.stock_grant
  set stale = false, count_id = null, orders_before = null, cancels_before = null, quantity = null
  where pool = channel.pool and connection = channel.connection;
  if channel.kind = 'keyed' then
    perform orderweir.stock_lift(channel.pool, channel.connection, greatest(0, -channel.quantity), p_at);
  end if;
  return case when channel.stale then 0 else greatest(0, proven - channel.given) end;
end $$;
