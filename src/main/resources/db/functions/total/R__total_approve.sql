-- Has the target approve a record by an update of it, with the rounding line it has; once, because what is approved goes on there.
create or replace function total_approve(p_booked orderweir.delivery) returns void language plpgsql as $$
begin
  if not exists (
      select from orderweir.delivery d
      where d.lane_id = p_booked.lane_id and d.remote_id = p_booked.remote_id and d.state in ('delivered', 'confirmed') and jsonb_exists(d.found, 'agreed')) then
    perform orderweir.total_again(p_booked, coalesce(p_booked.found, '{}') || '{"agreed": true}', null);
  end if;
end $$;
