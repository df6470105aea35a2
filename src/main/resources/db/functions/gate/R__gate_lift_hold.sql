-- What waits in the Error Hold bin because of a gate waits at the gate again.
create or replace function gate_lift_hold(p_gate orderweir.gate) returns void language plpgsql as $$
begin
  update orderweir.delivery d set state = 'gated', reason = null
  where d.build_id = p_gate.build_id and d.state = 'held' and d.reason in ('gate-late', 'gate-refused') and d.closed_gates > 0
    and exists (select from orderweir.hold h where h.delivery_id = d.id and h.closed_at is null and h.path = p_gate.name);
end $$;
