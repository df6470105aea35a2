-- Adds a channel to a pool, which is made where it is new. It is given nothing until it was counted once: what it shows already is taken for given then.
-- in: p_pool, p_connection, p_kind (keyed, compared, refusing, absolute), p_lifetime: how long a request to it may live
create or replace function stock_channel_open(p_pool text, p_connection text, p_kind text, p_lifetime interval) returns void language sql as $$
  insert into orderweir.stock (pool) values (p_pool) on conflict do nothing;
  insert into orderweir.stock_grant (pool, connection, kind, lifetime) values (p_pool, p_connection, p_kind, p_lifetime) on conflict do nothing
$$;
