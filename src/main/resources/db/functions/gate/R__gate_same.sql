-- The gate, and where it is for the order, the same of its other builds.
create or replace function gate_same(p_gate orderweir.gate) returns setof orderweir.gate language plpgsql as $$
begin
  return query
    select g.* from orderweir.gate g
    join orderweir.build b on b.id = g.build_id
    where g.name = p_gate.name and (g.build_id = p_gate.build_id or p_gate.lasting and g.lasting
      and b.entity_id = (select entity_id from orderweir.build where id = p_gate.build_id))
    order by g.build_id;
end $$;
