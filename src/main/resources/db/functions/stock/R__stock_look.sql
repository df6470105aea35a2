-- Credits a take-back by what the channel shows after it: what it is below zero by was sold meanwhile, so it is not credited, and is put back.
-- in: p_call; p_quantity: read after its answer   out: the call that puts back, or null
create or replace function stock_look(p_call bigint, p_quantity bigint, p_at timestamptz) returns bigint language plpgsql as $$
declare
  taken orderweir.stock_call;
  below bigint;
begin
  perform from orderweir.stock s join orderweir.stock_call c on c.pool = s.pool where c.id = p_call for update of s;
  update orderweir.stock_call set state = 'done' where id = p_call and state = 'looking' returning * into taken;
  if taken.id is null then
    return null;
  end if;
  below := least(taken.units, greatest(0, -p_quantity));
  perform orderweir.stock_write(taken.pool, taken.connection, 'done/' || taken.id, 'done', 0, 0, below - taken.units, 0, 0, null, p_at);
  return orderweir.stock_lift(taken.pool, taken.connection, below, p_at);
end $$;
