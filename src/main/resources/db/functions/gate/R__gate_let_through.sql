-- Opens a gate: what waited for this one alone is ready, what a closed gate had cancelled is asked for anew, and gates that come after it are
-- weighed. p_asked has the proposal whose evidence stays.
create or replace function gate_let_through(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb, p_asked orderweir.gate) returns void language plpgsql as $$
begin
  update orderweir.gate
  set opened_at = clock_timestamp(), opened_by = p_by, proposed_at = p_asked.proposed_at, proposed_by = p_asked.proposed_by,
      evidence = coalesce(p_asked.evidence, p_evidence)
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'opened', p_by, p_reason, p_evidence);
  perform orderweir.gate_lift_hold(p_gate);
  update orderweir.delivery
  set closed_gates = closed_gates - 1,
      state = case when state = 'gated' and closed_gates = 1 then 'ready' else state end
  where build_id = p_gate.build_id and state in ('gated', 'held') and p_gate.name = any (behind);
  perform orderweir.request_again(p_gate.build_id);
  perform orderweir.request_give_turn(p_gate.build_id);
  -- what partners had said of the gates after it counts now
  perform orderweir.gate_weigh(g, false) from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is null and g.rule -> 'after' ? p_gate.name and (g.rule ? 'paid' or g.rule ? 'opens');
  perform orderweir.notice_show(p_gate.build_id);
  if not p_gate.rule ? 'together' then
    perform orderweir.gate_weigh_together(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  end if;
end $$;
