-- A target that has cancelled a request may not take it up again: what comes after it is a new request, with a reference of its own.
alter table lane add column requests int not null default 1 check (requests > 0);
comment on column lane.requests is 'how many the target was sent, one after a final cancel of the other; the second and later have it in their reference';

alter table delivery
  add column final boolean not null default false,
  add constraint delivery_final_is_cancel check (not final or cancel and state = 'delivered');
comment on column delivery.final is 'cancelled at a target that does not take it up again';

create or replace function settle_lane() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  if new.state in ('delivered', 'confirmed') or new.remote_id is distinct from old.remote_id then
    update orderweir.lane
    set remote_id = case when not new.final then new.remote_id end, doubtful = false, requests = requests + new.final::int
    where id = new.lane_id;
  elsif new.state in ('ready', 'superseded') and old.unsure_since is not null and new.unsure_since is null then
    -- looked up when the target could no longer be working on it: it has nothing
    update orderweir.lane set doubtful = false where id = new.lane_id;
  elsif new.state = 'held' and old.unsure_since is not null then
    update orderweir.lane set doubtful = true where id = new.lane_id;
  end if;
  if new.state in ('ready', 'held') and not (new.cancel and new.build_id is not null) and exists (
    select from orderweir.delivery d
    where d.lane_id = new.lane_id and d.seq > new.seq and d.state in ('gated', 'ready', 'held')) then
    new.state := 'superseded';
    new.head := false;
    new.done_at := clock_timestamp();
    new.reason := 'a newer version took its place';
  end if;
  return new;
end $$;
