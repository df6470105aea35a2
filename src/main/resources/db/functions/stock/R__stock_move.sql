-- Books what a warehouse says has moved, each movement once. A pick of a booked order lowers what is open with what is on hand, never alone; units that leave for anybody else are a loss.
-- A movement that the newest snapshot has in it does not move what is on hand; a receipt without a number may be in it, so it is a hint.
-- in: p_what: pick, receipt, loss; p_position: the warehouse's number of it, or null   out: true = a snapshot is to be asked for
create or replace function stock_move(p_pool text, p_operation text, p_what text, p_units bigint, p_position bigint, p_at timestamptz) returns boolean language plpgsql as $$
declare
  hint boolean := p_what = 'receipt' and p_position is null;
  known orderweir.stock;
begin
  if p_units <= 0 or p_what not in ('pick', 'receipt', 'loss') then
    raise exception 'no movement of stock: % of %', p_what, p_units;
  end if;
  select * into known from orderweir.stock s where s.pool = p_pool for update;
  perform orderweir.stock_write(p_pool, null, p_operation, p_what,
    case when hint or coalesce(p_position <= known.position, false) then 0 when p_what = 'receipt' then p_units else -p_units end,
    case when p_what = 'pick' then -p_units else 0 end, 0, 0, 0, p_position, p_at);
  return hint;
end $$;
