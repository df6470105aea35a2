-- Closes a gate; the slot that it stands for is doubtful, no slot is asked for behind it, and the shop is asked anew before anything leaves.
create or replace function gate_shut(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb) returns void language plpgsql as $$
begin
  update orderweir.gate
  set opened_at = null, opened_by = null, proposed_at = null, proposed_by = null, evidence = null,
      turn_at = case when not rule ? 'asks' then turn_at end
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'closed', p_by, p_reason, p_evidence);
  if p_gate.opened_at is not null then
    update orderweir.slot set doubtful = true where build_id = p_gate.build_id and gate = p_gate.name;
    update orderweir.gate g set turn_at = null
    where g.build_id = p_gate.build_id and g.rule ? 'calendar' and g.turn_at is not null and (g.name = p_gate.name or g.rule -> 'after' ? p_gate.name);
    -- what the shop said counts for a request that leaves then, and not for one that waits
    with asked as (
      update orderweir.gate g set opened_at = null, opened_by = null, evidence = null, turn_at = null
      where g.build_id = p_gate.build_id and g.name <> p_gate.name and g.opened_by = g.rule ->> 'asks'
      returning g.name, g.rule ->> 'asks' as shop)
    insert into orderweir.gate_decision (build_id, gate, decision, by, reason) select p_gate.build_id, name, 'closed', shop, format('gate %s was closed', p_gate.name) from asked;
  end if;
end $$;
