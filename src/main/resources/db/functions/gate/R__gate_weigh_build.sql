-- What the signals say of the gates of a build, one after the other: one may come after another.
create or replace function gate_weigh_build(p_build bigint) returns void language plpgsql as $$
declare
  gate text;
begin
  for gate in select g.name from orderweir.gate g where g.build_id = p_build and (g.rule ? 'paid' or g.rule ? 'opens') order by g.name loop
    perform orderweir.gate_weigh(g, false) from orderweir.gate g where g.build_id = p_build and g.name = gate;
  end loop;
end $$;
