-- Leaving the Error Hold bin closes the hold.
create or replace function hold_close_left() returns trigger language plpgsql as $$
begin
  update orderweir.hold h
  set closed_at = clock_timestamp(),
      resolution = case
        when new.state in ('ready', 'gated') then 'released'
        when new.state = 'superseded' and new.reason in ('newer version from the shop', 'the order was cancelled') then
          concat_ws(': ', new.state, new.reason, (
            select orderweir.message_newer(e.message_id) from orderweir.entity e where e.id = new.entity_id and e.message_id > new.message_id))
        else new.state || ': ' || new.reason
      end
  where h.delivery_id = new.id and h.closed_at is null;
  return null;
end $$;
