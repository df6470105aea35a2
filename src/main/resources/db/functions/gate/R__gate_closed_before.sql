-- The gates before this one that are closed.
create or replace function gate_closed_before(p_gate orderweir.gate) returns text[] language sql stable as $$
  select coalesce(array_agg(g.name order by g.name), '{}') from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is null and p_gate.rule -> 'after' ? g.name
$$;
