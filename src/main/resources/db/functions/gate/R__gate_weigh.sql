-- Lets the signals open or close a gate; returns what became of it. What a person opened is closed only by news that close it.
create or replace function gate_weigh(p_gate orderweir.gate, p_news boolean) returns text language plpgsql as $$
declare
  said record;
  waits text[];
begin
  select * into said from orderweir.gate_said(p_gate);
  if not found then
    return null;
  elsif said.open and p_gate.opened_at is not null then
    if p_gate.opened_by = said.source and said.evidence ? 'day' and said.evidence ->> 'day' is distinct from p_gate.evidence ->> 'day' then
      perform orderweir.gate_put_off(g, said.reason, said.evidence) from orderweir.gate_same(p_gate) as g where g.opened_by = said.source;
      return format('gate %s is open with another day: %s', p_gate.name, said.evidence ->> 'day');
    end if;
    return format('gate %s is open already', p_gate.name);
  elsif said.open then
    waits := orderweir.gate_closed_before(p_gate);
    if cardinality(waits) > 0 then
      return format('gate %s comes after %s', p_gate.name, array_to_string(waits, ', '));
    end if;
    -- what a partner said before somebody else closed the gate does not open it again
    if exists (select from orderweir.gate_decision d
      where d.build_id in (select s.build_id from orderweir.gate_same(p_gate) s) and d.gate = p_gate.name and d.decision in ('closed', 'refused')
        and d.by <> said.source and d.at > said.heard_at) then
      return format('gate %s was closed since', p_gate.name);
    end if;
    perform orderweir.gate_let_through(g, said.source, said.reason, said.evidence, p_gate) from orderweir.gate_same(p_gate) as g where g.opened_at is null;
    return format('gate %s is open: %s', p_gate.name, said.reason);
  elsif p_gate.opened_at is not null and (p_news or p_gate.opened_by = said.source) then
    perform orderweir.gate_shut(g, said.source, said.reason, said.evidence) from orderweir.gate_same(p_gate) as g where g.opened_at is not null;
    return format('gate %s is closed: %s', p_gate.name, said.reason);
  end if;
  return format('gate %s is %s: %s', p_gate.name, case when p_gate.opened_at is null then 'closed' else 'open' end, said.reason);
end $$;
