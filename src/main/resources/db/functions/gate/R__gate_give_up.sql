-- A slot that was booked behind a gate that is closed now may be given to others.
create or replace function gate_give_up(p_gate orderweir.gate) returns void language plpgsql as $$
declare
  before text[] := orderweir.gate_closed_before(p_gate);
begin
  if p_gate.opened_at is not null and cardinality(before) > 0 then
    perform orderweir.gate_shut(p_gate, 'calendar ' || (p_gate.rule ->> 'calendar'), format('gate %s was closed', array_to_string(before, ', ')), null);
  end if;
end $$;
