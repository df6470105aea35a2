-- Gives a gate more time, which ends in a time to come.
create or replace function gate_extend(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_due timestamptz, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.gate_take(p_build, p_order, p_line, p_gate);
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why gate % gets more time: the reason stays with the line.', p_gate using errcode = 'OW400';
  end if;
  if p_due <= p_now then
    raise exception '% is over already: say until when gate % has more time.', orderweir.utc(p_due), p_gate using errcode = 'OW400';
  end if;
  if taken.opened_at is not null then
    raise exception 'Gate % is open; it has no deadline any more.', p_gate using errcode = 'OW409';
  end if;
  perform orderweir.gate_lift_hold(taken);
  update orderweir.gate set due_at = p_due, late_at = null where build_id = taken.build_id and name = p_gate returning * into taken;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, due_at) values (taken.build_id, p_gate, 'extended', p_by, p_reason, p_due);
  perform orderweir.bring_in_line(array[b.entity_id]) from orderweir.build b where b.id = taken.build_id;
  return orderweir.gate_answer(taken, format('Gate %s has time until %s.', p_gate, orderweir.utc(p_due)));
end $$;
