-- A change that is not answered is not made again when a newer version waits behind it: what is sent next is the order as it is now.
create or replace function delivery_yield_to_newer() returns trigger language plpgsql as $$
begin
  perform orderweir.entity_lock(new.entity_id);
  if exists (select from orderweir.lane l where l.id = new.lane_id and l.remote_id is not null)
    and exists (select from orderweir.delivery d where d.lane_id = new.lane_id and d.seq > new.seq and d.state in ('gated', 'ready', 'held')) then
    new.state := 'superseded';
    new.head := false;
    new.call_id := null;
    new.done_at := clock_timestamp();
    new.reason := 'a newer version took its place';
  end if;
  return new;
end $$;
