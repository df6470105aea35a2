-- A system says whether a gate is open.
create or replace function gate_decide(p_gate orderweir.gate, p_open boolean, p_by text, p_reason text, p_evidence jsonb) returns void language plpgsql as $$
begin
  if p_open and p_gate.opened_at is null then
    perform orderweir.gate_let_through(g, p_by, p_reason, p_evidence, p_gate) from orderweir.gate_same(p_gate) as g where g.opened_at is null;
  elsif not p_open and p_gate.opened_by = p_by then
    perform orderweir.gate_shut(g, p_by, p_reason, p_evidence) from orderweir.gate_same(p_gate) as g where g.opened_by = p_by;
  end if;
end $$;
