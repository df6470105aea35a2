-- Compares what is wanted of each lane of these orders with what is in it, and plans the difference: gates decide first, then what waits at them, what is taken back because of them and
-- what is asked for again, then what the shop is told, what was paid, and at last what waits for another target. Returns how many requests are cancelled. The orders are locked.
create or replace function bring_in_line(p_entities bigint[]) returns int language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  differs record;
  cancels int := 0;
begin
  if exists (select from orderweir.build b where b.entity_id = any (p_entities)) then
    loop
      perform orderweir.gates_follow(array(
        select g.build_id from orderweir.build b
        cross join lateral (select build_id from orderweir.gate where build_id = b.id and rule ? 'after' offset 0) g
        where b.entity_id = any (p_entities) and orderweir.request_is_planned(g.build_id)), false);
      exit when not orderweir.gates_weigh_together(p_entities);
    end loop;
    perform orderweir.lanes_wait(p_entities);
    for differs in
      select b.* from orderweir.lanes_behind_gates(p_entities) as b where case when b.off then b.closed = 0 else (b.stands).id is not null end
    loop
      if differs.off then
        perform orderweir.lane_ask_again(differs.asked);
      else
        perform orderweir.lane_take_back(differs.asked, differs.stands);
        cancels := cancels + 1;
      end if;
    end loop;
    perform orderweir.notices_show(p_entities);
  end if;
  perform orderweir.payments_book(p_entities);
  perform orderweir.lanes_go_on(p_entities);
  return cancels;
end $$;
