-- Says how many units of a pool may be given to a channel; below zero: more is out than there is.
-- in: p_pool   out: units
create or replace function stock_free(p_pool text) returns bigint language sql stable as $$
  select s.on_hand - s.open - s.buffer - s.granted from orderweir.stock s where s.pool = p_pool
$$;
