-- What is not sent yet waits while one of its gates is closed; what is in the Error Hold bin stays there.
create or replace function lanes_wait(p_entities bigint[]) returns void language sql as $$
  update orderweir.delivery d
  set closed_gates = c.closed, state = case when d.state = 'held' then 'held' when c.closed > 0 then 'gated' else 'ready' end
  from orderweir.delivery w
  cross join lateral (
    select count(*) as closed from unnest(w.behind) as g (name)
    where not exists (select from orderweir.gate o where o.build_id = w.build_id and o.name = g.name and o.opened_at is not null)) c
  where w.entity_id = any (p_entities) and w.build_id is not null and not w.cancel and w.state in ('gated', 'ready', 'held') and w.closed_gates <> c.closed and d.id = w.id
$$;
