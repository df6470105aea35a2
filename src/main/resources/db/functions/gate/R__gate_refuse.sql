-- A person says that a gate will not be opened as it is.
create or replace function gate_refuse(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.gate_take(p_build, p_order, p_line, p_gate);
  held int;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why gate % is refused: the reason stays with the line.', p_gate using errcode = 'OW400';
  end if;
  if taken.opened_at is not null then
    raise exception 'Gate % is open. Close it instead, with a reason.', p_gate using errcode = 'OW409';
  end if;
  update orderweir.gate set proposed_at = null, proposed_by = null, evidence = null where build_id = taken.build_id and name = p_gate returning * into taken;
  held := orderweir.gate_hold(taken, 'gate-refused', format('Order %s: %s refused gate %s of line %s: %s. Open the gate when that is settled, or discard the line.',
    (select orderweir.entity_called(e.id) from orderweir.build b join orderweir.entity e on e.id = b.entity_id where b.id = taken.build_id), p_by, p_gate,
    (select line_id from orderweir.build where id = taken.build_id), p_reason));
  if held = 0 then
    raise exception 'Nothing waits at gate % of this line.', p_gate using errcode = 'OW409';
  end if;
  perform orderweir.bring_in_line(array[b.entity_id]) from orderweir.build b where b.id = taken.build_id;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (taken.build_id, p_gate, 'refused', p_by, p_reason, p_evidence);
  return orderweir.gate_answer(taken, format('Gate %s is refused: the line is in the Error Hold bin.', p_gate));
end $$;
