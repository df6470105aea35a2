-- Whether something was asked for behind a gate and is, or may be, at its target.
create or replace function request_is_made(p_build bigint, p_gate text) returns boolean language sql stable as $$
  select exists (
    select from orderweir.delivery d
    where d.build_id = p_build and not d.cancel and d.notice is null and (p_gate is null or p_gate = any (d.behind))
      and (d.state in ('sending', 'unsure')
        or d.state in ('delivered', 'confirmed') and not exists (
          select from orderweir.delivery n
          where n.lane_id = d.lane_id and n.seq > d.seq and n.state in ('delivered', 'confirmed') and (n.cancel or n.build_id <> p_build))))
$$;
