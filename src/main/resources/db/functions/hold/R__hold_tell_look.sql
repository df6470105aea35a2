-- What a look found out stands with the hold it began with.
create or replace function hold_tell_look() returns trigger language plpgsql as $$
begin
  update orderweir.hold
  set resolution = case
    when new.state in ('confirmed', 'delivered') then 'the target has it: ' || new.remote_id
    when new.state = 'ready' then 'the target has it, and is sent what may be missing'
    when new.state = 'held' then 'looked for at the target, which does not have it'
    else new.state || ': ' || coalesce(new.reason, '') end
  where id = (
    select max(h.id) from orderweir.hold h
    where h.message_id = new.message_id and h.delivery_id = new.id and h.closed_at is not null);
  new.looks := false;
  return new;
end $$;
