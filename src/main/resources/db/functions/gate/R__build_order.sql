-- The order of a build, by the name people know.
create or replace function build_order(p_build bigint) returns text language sql stable as $$
  select coalesce(e.name, e.key)
  from orderweir.build b
  join orderweir.entity e on e.id = b.entity_id
  where b.id = p_build
$$;
