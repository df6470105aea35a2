-- Changes whenever a message or a correction of the entity is added: what was read before is then no longer all there is.
create or replace function entity_seen(p_entity bigint) returns text language sql as $$
  select concat_ws('.', (select max(id) from orderweir.message where entity_id = p_entity),
    (select count(*) from orderweir.correction where entity_id = p_entity))
$$;
