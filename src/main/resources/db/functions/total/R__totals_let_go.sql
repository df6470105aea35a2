-- Nothing is read back of a connection any more: what waits to be, waits no longer. Returns how many records that are.
create or replace function totals_let_go(p_connection text) returns int language plpgsql as $$
declare
  orders bigint[] := array(select distinct l.entity_id from orderweir.lane l where l.connection = p_connection and l.read_at is not null limit 500);
  gone int;
begin
  perform from orderweir.entity n where n.id = any (orders) order by n.connection, n.type, n.key for update;
  update orderweir.lane l set read_at = null, read_call = null where l.connection = p_connection and l.entity_id = any (orders) and l.read_at is not null;
  get diagnostics gone = row_count;
  perform orderweir.lanes_go_on(orders);
  return gone;
end $$;
