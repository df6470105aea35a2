-- Opens a gate, and gives those behind it their turn at the calendar. p_asked has the proposal whose evidence stays.
create or replace function gate_let_through(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb, p_asked orderweir.gate) returns void language plpgsql as $$
begin
  update orderweir.gate
  set opened_at = clock_timestamp(), opened_by = p_by, proposed_at = p_asked.proposed_at, proposed_by = p_asked.proposed_by,
      spares = false, evidence = coalesce(p_asked.evidence, p_evidence)
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'opened', p_by, p_reason, p_evidence);
  perform orderweir.gate_lift_hold(p_gate);
  perform orderweir.request_give_turn(p_gate.build_id);
end $$;
