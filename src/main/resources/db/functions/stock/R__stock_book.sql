-- Books a sale or a cancel of a channel, each once. A sale moves units from what it may sell to what is open, so free does not move. What a counted channel has
-- sold beyond what it was given is taken from free, which may go below zero.
-- in: p_operation: what it is known by; p_what: sale, restocked (the shop has put the unit on sale again), dropped (it has not)   out: units of it that nothing is there for,
-- as far as is known: a cancel that the shop has sold again may not have been heard yet
create or replace function stock_book(p_pool text, p_connection text, p_operation text, p_what text, p_units bigint, p_at timestamptz) returns bigint language plpgsql as $$
declare
  sale boolean := p_what = 'sale';
  beyond bigint;
begin
  if p_units <= 0 or p_what not in ('sale', 'restocked', 'dropped') then
    raise exception 'no booking of stock: % of %', p_what, p_units;
  end if;
  if not orderweir.stock_write(p_pool, p_connection, p_operation, p_what, 0, case when sale then p_units else -p_units end, case when p_what = 'dropped' then -p_units else 0 end,
      case when sale then p_units else 0 end, case when sale then 0 else p_units end, null, p_at) then
    return 0;
  end if;
  select -g.may_sell into beyond from orderweir.stock_grant g where g.pool = p_pool and g.connection = p_connection and not g.stale;
  if not found or beyond <= 0 then
    return 0;
  end if;
  perform orderweir.stock_write(p_pool, p_connection, 'beyond/' || p_operation, 'beyond', 0, 0, beyond, 0, 0, null, p_at);
  return least(p_units, greatest(0, -orderweir.stock_free(p_pool)));
end $$;
