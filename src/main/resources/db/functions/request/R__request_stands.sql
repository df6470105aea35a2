-- Whether this is what the target has, will have or may have of its lane.
create or replace function request_stands(p_asked orderweir.delivery) returns boolean language sql stable as $$
  select (p_asked.state in ('sending', 'unsure', 'delivered', 'confirmed')
      or p_asked.state = 'superseded' and p_asked.unsure_since is not null and exists (select from orderweir.lane l where l.id = p_asked.lane_id and l.doubtful))
    and not exists (
    select from orderweir.delivery n
    where n.lane_id = p_asked.lane_id and n.seq > p_asked.seq
      and (n.state in ('sending', 'unsure', 'delivered', 'confirmed') or n.cancel and n.state <> 'superseded'))
$$;
