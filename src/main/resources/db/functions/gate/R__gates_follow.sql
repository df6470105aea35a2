-- Lets the gates of these builds follow from each other until nobody decides anything more: a slot that is booked behind a gate that closed is given up, and what partners have said
-- counts once the gates before it are open.
create or replace function gates_follow(p_builds bigint[]) returns void language plpgsql as $$
declare
  follows record;
  decided bigint;
begin
  if not exists (select from orderweir.gate g where g.build_id = any (p_builds) and g.rule ?| '{calendar,paid,opens}') then
    return;
  end if;
  loop
    select max(d.id) into decided from orderweir.gate_decision d where d.build_id = any (p_builds);
    for follows in select g.build_id, g.name from orderweir.gate g where g.build_id = any (p_builds) and g.rule ?| '{calendar,paid,opens}' order by 1, 2 loop
      -- the one before may have moved it
      perform case when g.rule ? 'calendar' then orderweir.gate_give_up(g) else orderweir.gate_weigh(g, false) end
      from orderweir.gate g where g.build_id = follows.build_id and g.name = follows.name;
    end loop;
    exit when decided is not distinct from (select max(d.id) from orderweir.gate_decision d where d.build_id = any (p_builds));
  end loop;
end $$;
