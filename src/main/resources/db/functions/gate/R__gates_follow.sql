-- Lets the gates of these builds follow from each other until nobody decides anything more: a slot that is booked behind a gate that closed is given up, and what partners have said
-- counts once the gates before it are open; all that they have said is weighed where the order is new, or another one (p_news).
create or replace function gates_follow(p_builds bigint[], p_news boolean) returns void language plpgsql as $$
declare
  follows record;
  gate orderweir.gate;
  decided bigint;
begin
  if not exists (select from orderweir.gate g where g.build_id = any (p_builds) and (p_news or g.rule ? 'after')) then
    return;
  end if;
  loop
    select max(d.id) into decided from orderweir.gate_decision d where d.build_id = any (p_builds);
    for follows in select g.build_id, g.name from orderweir.gate g where g.build_id = any (p_builds) and (p_news or g.rule ? 'after') order by 1, 2 loop
      -- the one before may have moved it
      select g.* into gate from orderweir.gate g where g.build_id = follows.build_id and g.name = follows.name;
      if gate.rule ? 'calendar' then
        perform orderweir.gate_give_up(gate);
      elsif gate.rule ?| '{paid,opens}' then
        perform orderweir.gate_weigh(gate, false);
      end if;
    end loop;
    exit when decided is not distinct from (select max(d.id) from orderweir.gate_decision d where d.build_id = any (p_builds));
  end loop;
end $$;
