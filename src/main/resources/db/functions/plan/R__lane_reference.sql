-- By which reference the target knows what is in a lane: that of the connector before us, or our own, which has another end after a final cancel.
create or replace function lane_reference(p_lane orderweir.lane, p_external_id text) returns text language sql immutable as $$
  select coalesce(p_lane.legacy_key, p_external_id || case when p_lane.requests > 1 then '-r' || p_lane.requests else '' end)
$$;
