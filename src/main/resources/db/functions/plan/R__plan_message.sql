-- Plans every delivery of one message, besides those it has.
create or replace function plan_message(p_entity bigint, p_message bigint, p_deliveries jsonb) returns void language plpgsql as $$
begin
  perform orderweir.plan_messages(array[row(p_entity, p_message, p_deliveries, 0)::orderweir.plan]);
end $$;
