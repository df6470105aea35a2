-- Tells the shop what waits at a gate, and takes that back when nothing does.
create or replace function notice_show(p_build bigint) returns void language plpgsql as $$
declare
  waits boolean := orderweir.request_is_planned(p_build) and exists (select from orderweir.gate where build_id = p_build and opened_at is null);
begin
  perform orderweir.plan_copy(d, not waits)
  from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  where d.build_id = p_build and d.notice = 'closed' and d.cancel = waits;
end $$;
