-- Who opened a gate with a day says another one: that one counts, and the shop is told it.
create or replace function gate_put_off(p_gate orderweir.gate, p_reason text, p_evidence jsonb) returns void language plpgsql as $$
begin
  update orderweir.gate set evidence = p_evidence where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'opened', p_gate.opened_by, p_reason, p_evidence);
  -- what is not sent yet is sent with the evidence of then
  perform orderweir.plan_copy(jsonb_populate_record(d, jsonb_build_object('fingerprint', concat(split_part(d.fingerprint, '@', 1), '@', p_evidence ->> 'day'))), false)
  from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  where d.build_id = p_gate.build_id and d.notice = 'open' and not d.cancel and p_gate.name = any (d.behind) and d.state in ('sending', 'unsure', 'delivered', 'confirmed');
end $$;
