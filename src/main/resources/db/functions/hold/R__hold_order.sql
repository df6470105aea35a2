-- The names by which people know what a command was about.
create or replace function hold_order(p_hold bigint) returns text language sql stable as $$
  select coalesce(e.name, e.key)
  from orderweir.hold h
  join orderweir.message m on m.id = h.message_id
  join orderweir.entity e on e.id = m.entity_id
  where h.id = p_hold
$$;
