-- What a command about a gate answers: how the gate stands now, by whom and why, and how many of its build are still closed.
create or replace function gate_answer(p_gate orderweir.gate, p_answer text) returns jsonb language plpgsql as $$
begin
  return (
    select jsonb_build_object('build', b.id, 'order', coalesce(e.name, e.key), 'line', b.line_id, 'gate', p_gate.name,
      'open', p_gate.opened_at is not null, 'by', coalesce(p_gate.opened_by, p_gate.proposed_by),
      'at', orderweir.utc(coalesce(p_gate.opened_at, p_gate.proposed_at)), 'evidence', p_gate.evidence, 'dueAt', orderweir.utc(p_gate.due_at),
      'closedGates', (select count(*) from orderweir.gate g where g.build_id = b.id and g.opened_at is null), 'answer', p_answer)
    from orderweir.build b join orderweir.entity e on e.id = b.entity_id where b.id = p_gate.build_id);
end $$;
