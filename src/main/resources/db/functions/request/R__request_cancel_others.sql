-- What stands at a target while the newest of its lane waits at its gates is taken back: it was asked for in another configuration, or before the
-- order was cancelled and came back.
create or replace function request_cancel_others(p_build bigint) returns void language plpgsql as $$
begin
  perform orderweir.request_cancel(d)
  from orderweir.delivery n
  join orderweir.delivery d on d.lane_id = n.lane_id
  where n.build_id = p_build and n.state = 'gated' and d.seq < n.seq and not d.cancel and orderweir.request_stands(d);
end $$;
