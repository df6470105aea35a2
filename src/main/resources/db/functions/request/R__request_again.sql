-- What a closed gate had cancelled is planned again.
create or replace function request_again(p_build bigint) returns void language plpgsql as $$
begin
  perform orderweir.plan_copy(o.delivery, false)
  from orderweir.delivery d
  join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  cross join lateral (
    select asked as delivery from orderweir.delivery asked
    where asked.lane_id = d.lane_id and asked.build_id = p_build and not asked.cancel
    order by asked.id desc limit 1) o
  where d.build_id = p_build and d.cancel and d.notice is distinct from 'closed'
    and not exists (select from orderweir.gate g where g.build_id = p_build and g.name = any ((o.delivery).behind) and g.opened_at is null);
  perform orderweir.plan_refresh_waits(array[entity_id]) from orderweir.build where id = p_build;
end $$;
