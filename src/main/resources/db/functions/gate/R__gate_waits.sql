-- Whether anything waits at the gates of a build, or was cancelled by one that was closed again.
create or replace function gate_waits(p_build bigint) returns boolean language plpgsql as $$
begin
  return exists (select from orderweir.delivery d where d.build_id = p_build and d.notice is null and d.state in ('gated', 'held'))
    or exists (select from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.build_id = p_build and d.notice is null and l.cancelled and d.seq = l.last_seq);
end $$;
