-- Who cared for a delivery cares for it when it is held again.
create or replace function hold_inherit() returns trigger language plpgsql as $$
begin
  select h.owner, case when h.due_at > clock_timestamp() then h.due_at end into new.owner, new.due_at
  from orderweir.hold h
  where h.message_id = new.message_id and h.delivery_id = new.delivery_id
  order by h.id desc
  limit 1;
  return new;
end $$;
