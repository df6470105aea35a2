-- A newer version answers for the entity's messages that wait in the Error Hold bin.
create or replace function hold_close_older(p_entity bigint, p_newer bigint) returns void language plpgsql as $$
begin
  with answered as (
    update orderweir.message
    set state = 'superseded', reason = 'newer version from the shop'
    where entity_id = p_entity and state = 'held' and id < p_newer
    returning id)
  update orderweir.hold h
  set closed_at = clock_timestamp(), resolution = concat_ws(': ', 'superseded: newer version from the shop', orderweir.message_newer(p_newer))
  from answered a
  where h.message_id = a.id and h.delivery_id is null and h.closed_at is null;
end $$;
