-- Whether anything is still asked for a build: the newest of one of its lanes, or what a closed gate cancels until it opens again.
create or replace function request_is_planned(p_build bigint) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
    where d.build_id = p_build and d.notice is null and d.state <> 'discarded');
end $$;
