-- Leaving the Error Hold bin closes the hold; anything that ends or begins may free or stop what else waits of its entity. Once for all that a statement moved.
create or replace function delivery_tell_siblings() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  entities bigint[] := array(
    select distinct m.entity_id
    from (select id, state, entity_id from after except select id, state, entity_id from before) m
    where m.state not in ('sending', 'unsure'));
  released bigint[];
begin
  if cardinality(entities) = 0 then
    return null;
  end if;
  perform from orderweir.entity n where n.id = any (entities) order by n.connection, n.type, n.key for update;
  released := array(select id from before where state = 'held' except select id from after where state in ('held', 'sending', 'unsure'));
  if cardinality(released) > 0 then
    update orderweir.hold h
    set closed_at = clock_timestamp(),
        resolution = case
          when d.state in ('ready', 'gated') then 'released'
          when d.state = 'superseded' and d.reason in ('newer version from the shop', 'the order was cancelled') then
            concat_ws(': ', d.state, d.reason, (
              select orderweir.message_newer(e.message_id) from orderweir.entity e where e.id = d.entity_id and e.message_id > d.message_id))
          else d.state || ': ' || d.reason
        end
    from after d
    where d.id = any (released) and h.delivery_id = d.id and h.closed_at is null;
  end if;
  perform orderweir.plan_refresh_waits(entities);
  return null;
end $$;
