-- Closes a gate: what waits behind it waits, what is claimed and has not left is taken back, what was sent is cancelled, and slots behind it are
-- free again. Returns how many requests are cancelled.
create or replace function gate_shut(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb) returns int language plpgsql as $$
declare
  asked orderweir.delivery;
  withdrawn bigint[];
  cancels int := 0;
begin
  update orderweir.gate
  set opened_at = null, opened_by = null, proposed_at = null, proposed_by = null, evidence = null
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'closed', p_by, p_reason, p_evidence);
  if p_gate.opened_at is null then
    return 0;
  end if;
  withdrawn := array(
    select d.call_id from orderweir.delivery d
    where d.build_id = p_gate.build_id and not d.cancel and p_gate.name = any (d.behind) and d.state = 'sending' and orderweir.call_withdraw(d.call_id));
  update orderweir.delivery
  set closed_gates = closed_gates + 1,
      state = case when state = 'held' then 'held' else 'gated' end,
      call_id = null
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind)
    and (state in ('gated', 'ready', 'held') or state = 'sending' and call_id = any (withdrawn) and unsure_since is null);
  for asked in
    select d.* from orderweir.delivery d
    where d.build_id = p_gate.build_id and not d.cancel and p_gate.name = any (d.behind)
      and orderweir.request_stands(d)
  loop
    perform orderweir.request_cancel(asked);
    cancels := cancels + 1;
  end loop;
  perform orderweir.request_cancel_others(p_gate.build_id);
  -- what may have arrived is not asked for again; whether there is something to cancel is looked up
  update orderweir.delivery
  set state = 'superseded', head = false, done_at = clock_timestamp(), call_id = null, reason = format('gate %s was closed', p_gate.name)
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind) and (state = 'unsure' or state = 'sending' and call_id = any (withdrawn));
  -- a slot that was booked behind it may be given to others
  select cancels + coalesce(sum(orderweir.gate_shut(g, 'calendar ' || (g.rule ->> 'calendar'), format('gate %s was closed', p_gate.name), null)), 0) into cancels
  from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is not null and g.rule ? 'calendar' and g.rule -> 'after' ? p_gate.name;
  update orderweir.slot set doubtful = true where build_id = p_gate.build_id and gate = p_gate.name;
  update orderweir.gate g set turn_at = null where g.build_id = p_gate.build_id and g.rule ? 'calendar' and g.turn_at is not null and (g.name = p_gate.name or g.rule -> 'after' ? p_gate.name);
  perform orderweir.notice_show(p_gate.build_id);
  if not p_gate.rule ? 'together' then
    perform orderweir.gate_weigh_together(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  end if;
  perform orderweir.plan_refresh_waits(array[b.entity_id]) from orderweir.build b where b.id = p_gate.build_id;
  return cancels;
end $$;
