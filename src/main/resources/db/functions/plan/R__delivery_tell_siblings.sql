-- Leaving the Error Hold bin closes the hold; anything that ends or begins may free or stop what else waits of the entity.
create or replace function delivery_tell_siblings() returns trigger language plpgsql as $$
begin
  perform orderweir.entity_lock(new.entity_id);
  if old.state = 'held' then
    update orderweir.hold
    set closed_at = clock_timestamp(),
        resolution = case
          when new.state in ('ready', 'gated') then 'released'
          when new.state = 'superseded' and new.reason in ('newer version from the shop', 'the order was cancelled') then
            concat_ws(': ', new.state, new.reason, (
              select orderweir.message_newer(e.message_id) from orderweir.entity e where e.id = new.entity_id and e.message_id > new.message_id))
          else new.state || ': ' || new.reason
        end
    where delivery_id = new.id and closed_at is null;
  end if;
  perform orderweir.plan_refresh_waits(array[new.entity_id]);
  return null;
end $$;
