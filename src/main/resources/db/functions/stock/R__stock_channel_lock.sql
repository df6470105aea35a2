-- Locks a pool, so that one after the other decides about it, and returns the channel if a stock call to it may be planned: it is not just being counted, no other call
-- is open, and every channel of the pool was counted, since what one shows that was not is in no sum.
-- in: p_pool, p_connection   out: the channel, or null
create or replace function stock_channel_lock(p_pool text, p_connection text) returns orderweir.stock_grant language plpgsql as $$
declare
  channel orderweir.stock_grant;
begin
  perform from orderweir.stock s where s.pool = p_pool for update;
  select * into channel from orderweir.stock_grant g
  where g.pool = p_pool and g.connection = p_connection and g.count_id is null
    and not exists (select from orderweir.stock_grant other where other.pool = p_pool and other.stale)
    and not exists (select from orderweir.stock_call c where c.pool = g.pool and c.connection = g.connection and c.state in ('planned', 'sending', 'unsure', 'looking'));
  return channel;
end $$;
