-- Is a gate closed because the capture of a payment failed, and was nothing decided of it since?
create or replace function gate_lost_its_payment(p_gate orderweir.gate) returns boolean language plpgsql stable as $$
begin
  return p_gate.opened_at is null and coalesce((
    select d.decision = 'closed' and d.evidence ? 'captureFailed' from orderweir.gate_decision d where d.build_id = p_gate.build_id and d.gate = p_gate.name order by d.id desc limit 1), false);
end $$;
