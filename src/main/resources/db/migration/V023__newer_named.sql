-- A hold that a newer version has closed says which one, so that whoever releases or discards it too late reads it in the refusal.
create or replace function newer_version(p_message bigint) returns text language sql stable as $$
  select format('%s, which came at %s as %s', coalesce('the version of ' || orderweir.utc(m.version), 'an event that is not understood'), orderweir.utc(m.captured_at), m.ce_id)
  from orderweir.message m where m.id = p_message
$$;

-- Leaving the Error Hold bin closes the hold; anything that ends or begins may free or stop what else waits of the entity.
create or replace function tell_siblings() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  if old.state = 'held' then
    update orderweir.hold
    set closed_at = clock_timestamp(),
        resolution = case
          when new.state in ('ready', 'gated') then 'released'
          when new.state = 'superseded' and new.reason in ('newer version from the shop', 'the order was cancelled') then
            concat_ws(': ', new.state, new.reason, (
              select orderweir.newer_version(e.message_id) from orderweir.entity e where e.id = new.entity_id and e.message_id > new.message_id))
          else new.state || ': ' || new.reason
        end
    where delivery_id = new.id and closed_at is null;
  end if;
  perform orderweir.refresh_waits(new.entity_id);
  return null;
end $$;

-- A newer version answers for the entity's messages that wait in the Error Hold bin.
create or replace function close_message_holds(p_entity bigint, p_newer bigint) returns void language plpgsql as $$
begin
  with answered as (
    update orderweir.message
    set state = 'superseded', reason = 'newer version from the shop'
    where entity_id = p_entity and state = 'held' and id < p_newer
    returning id)
  update orderweir.hold h
  set closed_at = clock_timestamp(), resolution = concat_ws(': ', 'superseded: newer version from the shop', orderweir.newer_version(p_newer))
  from answered a
  where h.message_id = a.id and h.delivery_id is null and h.closed_at is null;
end $$;
