-- A call's outcome reaches the lane; what would wait again, also at a gate, gives way to a newer version that waits behind it.
create or replace function lane_settle() returns trigger language plpgsql as $$
begin
  perform orderweir.entity_lock(new.entity_id);
  -- no answer is waited for any more
  new.call_id := null;
  if new.state in ('delivered', 'confirmed') or new.remote_id is distinct from old.remote_id then
    update orderweir.lane
    set remote_id = case when not new.final then new.remote_id end, doubtful = false, requests = requests + new.final::int,
        -- what is asked for behind it is ours from its beginning
        legacy_key = case when not new.final then legacy_key end,
        -- of another record than the one that took it nothing is known
        sent = case when new.state not in ('delivered', 'confirmed') then case when remote_id = new.remote_id then sent end when not new.cancel then new.sent end
    where id = new.lane_id;
  elsif new.state in ('ready', 'superseded') and old.unsure_since is not null and new.unsure_since is null then
    -- looked up when the target could no longer be working on it: it has nothing
    update orderweir.lane set doubtful = false where id = new.lane_id;
  elsif new.state = 'held' and old.unsure_since is not null then
    update orderweir.lane set doubtful = true where id = new.lane_id;
  end if;
  if new.state in ('gated', 'ready', 'held') and not (new.cancel and new.build_id is not null) and exists (
    select from orderweir.delivery d
    where d.lane_id = new.lane_id and d.seq > new.seq
      -- what stands at the target is cancelled while the newer one waits at its gates
      and d.state = any (case when new.cancel then '{ready,held}' else '{gated,ready,held}' end::text[])) then
    new.state := 'superseded';
    new.head := false;
    new.done_at := clock_timestamp();
    new.reason := 'a newer version took its place';
  end if;
  return new;
end $$;
