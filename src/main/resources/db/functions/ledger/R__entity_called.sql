-- How sentences call an order or another record: by the name that people know, with its store where another store has one of that name.
create or replace function entity_called(p_entity bigint) returns text language sql stable as $$
  select coalesce(e.name || case when exists (select from orderweir.entity o where o.name = e.name and o.type = e.type and o.connection <> e.connection) then ' of ' || e.connection else '' end, e.key)
  from orderweir.entity e where e.id = p_entity
$$;
