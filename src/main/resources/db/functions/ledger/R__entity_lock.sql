-- plpgsql throughout: it keeps its plans, a function in plain SQL is planned again at every call.
create or replace function entity_lock(p_entity bigint) returns void language plpgsql as $$
begin
  perform from orderweir.entity where id = p_entity for update;
end $$;
