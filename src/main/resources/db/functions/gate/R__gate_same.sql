-- The gate, and where it is for the order, the same of its other builds.
create or replace function gate_same(p_gate orderweir.gate) returns setof orderweir.gate language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query
    select g.* from orderweir.build s
    cross join lateral (select id from orderweir.build where entity_id = s.entity_id offset 0) b
    cross join lateral (select * from orderweir.gate where build_id = b.id and name = p_gate.name offset 0) g
    where s.id = p_gate.build_id and (b.id = s.id or p_gate.lasting and g.lasting)
    order by g.build_id;
end $$;
