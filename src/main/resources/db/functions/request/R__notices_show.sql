-- Tells the shop what waits at a gate, and takes that back when nothing does.
create or replace function notices_show(p_entities bigint[]) returns void language plpgsql as $$
begin
  perform orderweir.plan_copy(d, not w.waits)
  from orderweir.lane l
  join orderweir.delivery d on d.lane_id = l.id and d.seq = l.last_seq and d.notice = 'closed'
  cross join lateral (
    select orderweir.request_is_planned(d.build_id) and exists (select from orderweir.gate g where g.build_id = d.build_id and g.opened_at is null) as waits) w
  where l.entity_id = any (p_entities) and d.cancel = w.waits;
end $$;
