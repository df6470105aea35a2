-- Tells the shop what waits at a gate, and takes that back when nothing does.
create or replace function notices_show(p_entities bigint[]) returns void language plpgsql as $$
declare
  differs record;
begin
  for differs in
    select n.told, coalesce(a.asked, n.told) as asked, l.cancelled from orderweir.lane l
    cross join lateral (select d as told from orderweir.delivery d where d.lane_id = l.id and d.seq = l.last_seq offset 0) n
    left join lateral (
      select a as asked from orderweir.delivery a where a.lane_id = l.id and a.build_id = (n.told).build_id and not a.cancel order by a.seq desc limit 1) a on l.cancelled
    where l.entity_id = any (p_entities) and (n.told).notice = 'closed'
      and l.cancelled = (orderweir.request_is_planned((n.told).build_id) and exists (select from orderweir.gate g where g.build_id = (n.told).build_id and g.opened_at is null))
    order by l.id
  loop
    if differs.cancelled then
      perform orderweir.lane_ask_again(differs.asked);
    else
      update orderweir.delivery d set state = 'superseded', head = false, done_at = clock_timestamp(), reason = 'nothing waits any more'
      where d.id = (differs.told).id and d.state in ('ready', 'held');
      perform orderweir.plan_copy(differs.told, true);
    end if;
  end loop;
end $$;
