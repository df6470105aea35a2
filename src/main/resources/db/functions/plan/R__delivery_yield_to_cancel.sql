-- A call that is not answered is not repeated when one of its gates was closed meanwhile: its cancel waits.
create or replace function delivery_yield_to_cancel() returns trigger language plpgsql as $$
begin
  perform orderweir.entity_lock(new.entity_id);
  if exists (select from orderweir.gate g where g.build_id = new.build_id and g.name = any (new.behind) and g.opened_at is null) then
    new.state := 'superseded';
    new.head := false;
    new.call_id := null;
    new.done_at := clock_timestamp();
    new.reason := 'a gate was closed before its outcome was known';
  end if;
  return new;
end $$;
