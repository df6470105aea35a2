-- Plans that a channel may sell more, if so much is free: it is charged here, before anything is sent, in full also where the call sets a number (no oversell).
-- in: p_units; p_base: what the channel shows, where its call compares   out: the call, or null where it may not be
create or replace function stock_raise(p_pool text, p_connection text, p_units bigint, p_base bigint, p_at timestamptz) returns bigint language plpgsql as $$
declare
  channel orderweir.stock_grant := orderweir.stock_channel_lock(p_pool, p_connection);
  call bigint;
begin
  if channel.pool is null or orderweir.stock_free(p_pool) < p_units or (channel.kind = 'compared') <> (p_base is not null) then
    return null;
  end if;
  insert into orderweir.stock_call (pool, connection, what, units, base, planned_at) values (p_pool, p_connection, 'raise', p_units, p_base, p_at) returning id into call;
  perform orderweir.stock_write(p_pool, p_connection, 'raise/' || call, 'raise', 0, 0, p_units, 0, 0, null, p_at);
  return call;
end $$;
