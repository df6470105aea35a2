-- A gate is closed for what the target has, will have or may have: a call that has not left does not leave, else it is cancelled. What waits in the lane waits behind the cancel.
-- Returns how many requests are cancelled.
create or replace function lane_take_back(p_asked orderweir.delivery, p_stands orderweir.delivery) returns int language plpgsql as $$
declare
  withdrawn boolean := p_stands.state = 'sending' and orderweir.call_withdraw(p_stands.call_id);
  gates text;
begin
  if withdrawn and p_stands.unsure_since is null then
    update orderweir.delivery set state = 'ready' where id = p_stands.id;
    perform orderweir.lanes_wait(array[p_stands.entity_id]);
    return 0;
  end if;
  -- two places are free before what waits: one for the cancel
  update orderweir.delivery d set seq = d.seq + 2, head = false where d.id = p_asked.id and d.id <> p_stands.id and d.state in ('gated', 'held');
  perform orderweir.plan_copy(p_stands, true);
  update orderweir.lane l
  set last_seq = d.seq, fingerprint = d.fingerprint, cancelled = false
  from orderweir.delivery d where d.lane_id = l.id and d.id = p_asked.id and d.seq > l.last_seq;
  -- what may have arrived is not asked for again; whether there is something to cancel is looked up
  select string_agg(o.name, ', ' order by o.name) into gates
  from orderweir.gate o where o.build_id = p_asked.build_id and o.name = any (p_asked.behind) and o.opened_at is null;
  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(), call_id = null, reason = format('gate %s was closed', gates)
  where d.id = p_stands.id and (d.state = 'unsure' or withdrawn);
  return 1;
end $$;
