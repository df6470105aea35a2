-- Whether the account has this part, or may have it. A cancel that was delivered is the proof that it has it no more.
create or replace function lane_stands(p_lane orderweir.lane) returns boolean language sql stable as $$
  select (p_lane.remote_id is not null or p_lane.doubtful or exists (select from orderweir.delivery d where d.lane_id = p_lane.id and d.state in ('sending', 'unsure')))
    and not exists (select from orderweir.delivery d where d.lane_id = p_lane.id and d.seq = p_lane.last_seq and d.cancel and d.state in ('delivered', 'confirmed'))
$$;
