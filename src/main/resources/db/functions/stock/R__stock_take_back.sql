-- Plans that a channel may sell less; nothing is credited until it is proven (stock_settle, stock_look, stock_count_end). A channel whose call sets a number can be closed only.
-- in: p_units: at most what it may sell, 0 = close; p_base: what the channel shows, where its call compares   out: the call, or null where it may not be
create or replace function stock_take_back(p_pool text, p_connection text, p_units bigint, p_base bigint, p_at timestamptz) returns bigint language plpgsql as $$
declare
  channel orderweir.stock_grant := orderweir.stock_channel_lock(p_pool, p_connection);
  call bigint;
begin
  if channel.pool is null or p_units > channel.may_sell or (channel.kind = 'absolute') <> (p_units = 0) or (channel.kind = 'compared') <> (p_base is not null) or p_units > p_base then
    return null;
  end if;
  insert into orderweir.stock_call (pool, connection, what, units, base, planned_at)
  values (p_pool, p_connection, case when p_units = 0 then 'close' else 'take' end, p_units, p_base, p_at)
  returning id into call;
  return call;
end $$;
