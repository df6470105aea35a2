-- Tells the shop what waits at a gate, and takes that back when nothing does.
create or replace function notices_show(p_entities bigint[]) returns void language plpgsql as $$
declare
  told orderweir.delivery;
begin
  for told in
    select d.* from orderweir.lane l
    join orderweir.delivery d on d.lane_id = l.id and d.seq = l.last_seq and d.notice = 'closed'
    where l.entity_id = any (p_entities)
      and d.cancel = (orderweir.request_is_planned(d.build_id) and exists (select from orderweir.gate g where g.build_id = d.build_id and g.opened_at is null))
    order by l.id
  loop
    if told.cancel then
      perform orderweir.lane_ask_again(coalesce((
        select d from orderweir.delivery d where d.lane_id = told.lane_id and d.build_id = told.build_id and not d.cancel order by d.seq desc limit 1), told));
    else
      update orderweir.delivery d set state = 'superseded', head = false, done_at = clock_timestamp(), reason = 'nothing waits any more'
      where d.id = told.id and d.state in ('ready', 'held');
      perform orderweir.plan_copy(told, true);
    end if;
  end loop;
end $$;
