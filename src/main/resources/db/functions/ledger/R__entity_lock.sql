-- Takes the lock of an entity, which everything that changes its lanes takes first. In plpgsql, which keeps its plans; plain SQL is planned again at every call.
create or replace function entity_lock(p_entity bigint) returns void language plpgsql as $$
begin
  perform from orderweir.entity where id = p_entity for update;
end $$;
