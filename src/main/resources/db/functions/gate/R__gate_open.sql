-- Opens a gate; where two persons are asked for, the first proposes and another one opens. The first evidence stays. With the last gate a
-- delivery waits behind it is ready, and what a closed gate had cancelled is asked for anew.
create or replace function gate_open(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.gate_take(p_build, p_order, p_line, p_gate);
  left_closed int;
  before text[] := orderweir.gate_closed_before(taken);
  in_one_hand timestamptz;
begin
  if taken.opened_at is not null then
    return orderweir.gate_answer(taken, format('Gate %s is already open: %s opened it at %s. That evidence stays.', p_gate, taken.opened_by, orderweir.utc(taken.opened_at)))
      || jsonb_build_object('alreadyOpen', true);
  end if;
  if not orderweir.gate_waits(taken.build_id) then
    raise exception 'Line % does not wait at gate % any more: %.', (select line_id from orderweir.build where id = taken.build_id), p_gate,
      coalesce((select format('its request is %s (%s)', d.state, coalesce(d.reason, 'no reason given')) from orderweir.delivery d
        where d.build_id = taken.build_id and d.notice is null order by d.id desc limit 1), 'nothing was asked for it') using errcode = 'OW409';
  end if;
  if taken.persons = 2 and taken.proposed_by is null and taken.proposers is not null then
    if p_by <> all (taken.proposers) then
      raise exception 'Opening gate % is proposed by %.', p_gate, array_to_string(taken.proposers, ' or ') using errcode = 'OW403';
    end if;
  elsif p_by <> all (taken.people) then
    raise exception 'Gate % is opened by %.', p_gate, coalesce(nullif(array_to_string(taken.people, ' or '), ''), 'no person') using errcode = 'OW403';
  end if;
  if cardinality(before) > 0 then
    raise exception 'Gate % comes after %, which is closed.', p_gate, array_to_string(before, ' and ') using errcode = 'OW409';
  end if;
  if taken.persons = 2 and taken.proposed_by is null then
    update orderweir.gate set proposed_at = clock_timestamp(), proposed_by = p_by, evidence = p_evidence
    where build_id = taken.build_id and name = p_gate
    returning * into taken;
    insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (taken.build_id, p_gate, 'proposed', p_by, p_reason, p_evidence);
    return orderweir.gate_answer(taken, format('Gate %s is still closed: it takes a second person to open it.', p_gate)) || jsonb_build_object('alreadyOpen', false);
  end if;
  if taken.proposed_by = p_by then
    raise exception 'You proposed to open gate % at %. Another person opens it.', p_gate, orderweir.utc(taken.proposed_at) using errcode = 'OW409';
  end if;
  in_one_hand := orderweir.persons_one_of_two(taken.proposed_by, p_by);
  if in_one_hand is not null then
    raise exception '% proposed to open gate %, and at % one of you gave the other a way in: for seven days you count as one. Another person opens it.',
      taken.proposed_by, p_gate, orderweir.utc(in_one_hand) using errcode = 'OW409';
  end if;
  perform orderweir.gate_let_through(g, p_by, p_reason, p_evidence, taken) from orderweir.gate_same(taken) as g where g.opened_at is null;
  perform orderweir.bring_in_line(array[b.entity_id]) from orderweir.build b where b.id = taken.build_id;
  select * into taken from orderweir.gate where build_id = taken.build_id and name = p_gate;
  select count(*) into left_closed from orderweir.gate where build_id = taken.build_id and opened_at is null;
  return orderweir.gate_answer(taken, format('Gate %s is open. %s', p_gate, case
      when exists (select from orderweir.delivery where build_id = taken.build_id and state = 'held') then 'The line is held for another reason.'
      when left_closed > 0 then format('%s still closed.', left_closed)
      else 'The line is requested now.' end)) || jsonb_build_object('alreadyOpen', false);
end $$;
