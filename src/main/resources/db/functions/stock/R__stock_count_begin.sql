-- Begins the count of a channel, or begins it anew: no request to it may be alive, and none is sent while it lasts. An unsure call may be open where nothing else settles it.
-- in: p_pool, p_connection   out: the count, or null where it is not quiet
create or replace function stock_count_begin(p_pool text, p_connection text, p_at timestamptz) returns bigint language plpgsql as $$
declare
  begun bigint;
begin
  perform from orderweir.stock s where s.pool = p_pool for update;
  update orderweir.stock_grant g
  set count_id = nextval('orderweir.stock_count_number'), orders_before = g.orders, cancels_before = g.cancels, quantity = null
  where g.pool = p_pool and g.connection = p_connection and g.last_sent_at + g.lifetime <= p_at
    and not exists (
      select from orderweir.stock_call c
      where c.pool = g.pool and c.connection = g.connection
        and (c.state in ('planned', 'sending', 'looking') or c.state = 'unsure' and g.kind in ('keyed', 'compared') and p_at < c.first_sent_at + g.key_retention))
  returning g.count_id into begun;
  return begun;
end $$;
