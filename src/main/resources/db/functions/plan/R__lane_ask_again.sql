-- The gates are open again: a cancel of which nothing has left is taken back, else what it cancels is asked for anew.
create or replace function lane_ask_again(p_asked orderweir.delivery) returns void language plpgsql as $$
begin
  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(), reason = 'its gates were opened again before it had left'
  from orderweir.lane l
  where l.id = p_asked.lane_id and d.lane_id = l.id and d.seq = l.last_seq and d.cancel and d.state = 'ready' and d.unsure_since is null and d.failed_at is null and d.found is null
    and p_asked.state in ('sending', 'delivered', 'confirmed');
  if found then
    update orderweir.lane set fingerprint = p_asked.fingerprint, cancelled = false where id = p_asked.lane_id;
  else
    perform orderweir.plan_copy(p_asked, false);
  end if;
end $$;
