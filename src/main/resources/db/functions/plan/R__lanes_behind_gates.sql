-- The lanes behind gates of these orders: what is asked of each, at how many closed gates it waits, what of the lane the target has, will have or may have while it waits at gates that take it back, and whether that is cancelled because of them (off).
create or replace function lanes_behind_gates(p_entities bigint[]) returns table (lane_id bigint, asked orderweir.delivery, closed bigint, stands orderweir.delivery, off boolean) language sql stable as $$
  select l.id, a.asked, c.closed, s.stands, l.cancelled
  from orderweir.lane l
  cross join lateral (select build_id, notice from orderweir.delivery where lane_id = l.id and seq = l.last_seq offset 0) n
  cross join lateral (
    select d as asked from orderweir.delivery d where d.lane_id = l.id and d.build_id = n.build_id and not d.cancel order by d.seq desc limit 1) a
  cross join lateral (
    select count(*) as closed, count(*) filter (where not exists (select from orderweir.gate o where o.build_id = n.build_id and o.name = g.name and o.spares)) as takes_back from unnest((a.asked).behind) as g (name)
    where not exists (select from orderweir.gate o where o.build_id = n.build_id and o.name = g.name and o.opened_at is not null)) c
  left join lateral (
    -- the newest that was sent or may have been, unless a cancel is after it
    select d as stands from orderweir.delivery d
    where d.lane_id = l.id and (d.state in ('sending', 'unsure', 'delivered', 'confirmed') or d.cancel and d.state <> 'superseded' or d.state = 'superseded' and d.unsure_since is not null and l.doubtful)
    order by d.seq desc limit 1) s on c.takes_back > 0 and not (s.stands).cancel
  where l.entity_id = any (p_entities) and n.build_id is not null and n.notice is distinct from 'closed'
  order by l.id
$$;
