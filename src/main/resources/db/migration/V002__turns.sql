-- What must hold whoever changes a delivery (engine, console, psql at 3 a.m.) is kept by these triggers.
-- Every one of them takes the entity's row first and looks afterwards: a statement inside a trigger gets a new snapshot
-- after the lock, while a single statement would keep the old one and miss a sibling inserted meanwhile.

-- plpgsql throughout: it keeps its plans, a function in plain SQL is planned again at every call.
create function lock_entity(p_entity bigint) returns void language plpgsql as $$
begin
  perform from orderweir.entity where id = p_entity for update;
end $$;

-- Recomputes, for what is unsent of an entity, whether it waits for another target and whether a hold stops it.
create function refresh_waits(p_entity bigint) returns void language plpgsql as $$
begin
  update orderweir.delivery d
  set stopped = s.stopped, waits_after = s.waits_after
  from (
    select w.id,
           exists (select from orderweir.message m where m.entity_id = p_entity and m.state = 'held')
           or w.goods_moving and exists (
             select from orderweir.delivery h where h.entity_id = p_entity and h.state = 'held' and h.id <> w.id) as stopped,
           w.after_lane_id is not null and (a.remote_id is null or exists (
             select from orderweir.delivery b
             where b.lane_id = w.after_lane_id and b.message_id <= w.message_id
               and b.state in ('gated', 'ready', 'sending', 'unsure', 'held'))) as waits_after
    from orderweir.delivery w
    left join orderweir.lane a on a.id = w.after_lane_id
    where w.entity_id = p_entity and w.state in ('gated', 'ready')) s
  where d.id = s.id and (d.stopped, d.waits_after) is distinct from (s.stopped, s.waits_after);
end $$;

-- A call's outcome reaches the lane; what would wait again gives way to a newer version that waits behind it.
create function settle_lane() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  if new.state in ('delivered', 'confirmed') or new.remote_id is distinct from old.remote_id then
    update orderweir.lane set remote_id = new.remote_id, doubtful = false where id = new.lane_id;
  elsif new.state in ('ready', 'superseded') and old.unsure_since is not null and new.unsure_since is null then
    -- looked up when the target could no longer be working on it: it has nothing
    update orderweir.lane set doubtful = false where id = new.lane_id;
  elsif new.state = 'held' and old.unsure_since is not null then
    update orderweir.lane set doubtful = true where id = new.lane_id;
  end if;
  if new.state in ('ready', 'held') and exists (
    select from orderweir.delivery d
    where d.lane_id = new.lane_id and d.seq > new.seq and d.state in ('gated', 'ready', 'held')) then
    new.state := 'superseded';
    new.head := false;
    new.done_at := clock_timestamp();
    new.reason := 'a newer version took its place';
  end if;
  return new;
end $$;
create trigger delivery_settle_lane before update on delivery
  for each row when (old.state in ('sending', 'unsure') and new.state not in ('sending', 'unsure')) execute function settle_lane();

-- The next open delivery of the lane gets its turn; a cancel with nothing at the target to cancel is done without a call.
create function pass_turn() returns trigger language plpgsql as $$
declare
  waiting orderweir.delivery;
  at_target orderweir.lane;
begin
  perform orderweir.lock_entity(old.entity_id);
  select * into at_target from orderweir.lane where id = old.lane_id;
  loop
    select * into waiting from orderweir.delivery
    where lane_id = old.lane_id and state in ('gated', 'ready', 'sending', 'unsure', 'held')
    order by seq
    limit 1;
    exit when waiting.id is null or waiting.head;
    if waiting.cancel and at_target.remote_id is null and not at_target.doubtful then
      update orderweir.delivery
      set state = 'superseded', done_at = clock_timestamp(), reason = 'cancelled before anything was sent'
      where id = waiting.id;
    else
      update orderweir.delivery
      set head = true, due_at = greatest(due_at, at_target.quiet_at)
      where id = waiting.id;
      exit;
    end if;
  end loop;
  return null;
end $$;
create trigger delivery_pass_turn after update on delivery
  for each row when (old.head and not new.head) execute function pass_turn();

-- Leaving the Error Hold bin closes the hold; anything that ends or begins may free or stop what else waits of the entity.
create function tell_siblings() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  if old.state = 'held' then
    update orderweir.hold
    set closed_at = clock_timestamp(),
        resolution = case new.state when 'ready' then 'released' when 'gated' then 'released' else new.state || ': ' || new.reason end
    where delivery_id = new.id and closed_at is null;
  end if;
  perform orderweir.refresh_waits(new.entity_id);
  return null;
end $$;
create trigger delivery_tell_siblings after update on delivery
  for each row when (old.state <> new.state and new.state not in ('sending', 'unsure')) execute function tell_siblings();
