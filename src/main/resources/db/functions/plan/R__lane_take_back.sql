-- Cancels what stands at the target while what is asked for waits at closed gates; what waits in the lane waits behind the cancel.
create or replace function lane_take_back(p_asked orderweir.delivery, p_stands orderweir.delivery) returns void language plpgsql as $$
begin
  -- the place before it is the cancel's
  update orderweir.delivery d set seq = d.seq + 2, head = false where d.id = p_asked.id and d.id <> p_stands.id and d.state in ('gated', 'held');
  perform orderweir.plan_copy(p_stands, true);
  update orderweir.lane l
  set last_seq = d.seq, fingerprint = d.fingerprint, cancelled = false
  from orderweir.delivery d where d.lane_id = l.id and d.id = p_asked.id and d.seq > l.last_seq;
end $$;
