-- Lets every gate of an order, or of one of its builds, that believes a kind of signal to its sender be weighed. Returns what became of them, in words.
create or replace function signal_weigh(p_kind text, p_sender text, p_entity bigint, p_build bigint) returns text language plpgsql as $$
declare
  gate orderweir.gate;
  answers text[] := '{}';
begin
  for gate in
    select distinct on (g.name, case when not g.lasting then g.build_id end) g.*
    from orderweir.gate g join orderweir.build b on b.id = g.build_id
    where b.entity_id = p_entity and (p_build is null or g.lasting or g.build_id = p_build) and orderweir.signal_counts(g.rule, p_kind, p_sender)
    order by g.name, case when not g.lasting then g.build_id end, g.opened_at nulls last
  loop
    -- the gates before it may have been opened by this signal just now
    select g.* into gate from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
    answers := answers || orderweir.gate_weigh(gate, gate.rule -> 'closes' ?| array[p_kind, p_sender || '/' || p_kind] or p_kind in ('refund', 'dispute'));
  end loop;
  return coalesce(nullif(array_to_string(answers, '; '), ''), 'no gate of this order is opened by it');
end $$;
