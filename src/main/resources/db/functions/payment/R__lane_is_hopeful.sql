-- Whether the account has the record of a lane, or may get it by what is planned.
create or replace function lane_is_hopeful(p_lane orderweir.lane) returns boolean language sql stable as $$
  select p_lane.remote_id is not null or p_lane.doubtful or exists (
    select from orderweir.delivery d where d.lane_id = p_lane.id and d.state in ('gated', 'ready', 'sending', 'unsure', 'held'))
$$;
