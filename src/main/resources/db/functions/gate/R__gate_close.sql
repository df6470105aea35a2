-- Closes a gate again: a refund, a dispute, a new drawing, a mistake. What waits, waits; what is claimed and has not left is taken back; what
-- was sent is cancelled.
create or replace function gate_close(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.gate_take(p_build, p_order, p_line, p_gate);
  cancels int := 0;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why gate % is closed: the reason stays with the line.', p_gate using errcode = 'OW400';
  end if;
  if taken.opened_at is null and taken.proposed_at is null then
    return orderweir.gate_answer(taken, format('Gate %s is closed already.', p_gate)) || jsonb_build_object('cancels', 0);
  end if;
  perform orderweir.gate_shut(g, p_by, p_reason, p_evidence) from orderweir.gate_same(taken) as g where g.opened_at is not null or g.proposed_at is not null;
  if taken.opened_at is not null then
    select orderweir.bring_in_line(array[b.entity_id]) into cancels from orderweir.build b where b.id = taken.build_id;
  end if;
  select * into taken from orderweir.gate where build_id = taken.build_id and name = p_gate;
  return orderweir.gate_answer(taken, format('Gate %s is closed. %s', p_gate,
      case cancels when 0 then 'The line waits.' else 'Its request had gone out and is cancelled.' end)) || jsonb_build_object('cancels', cancels);
end $$;
