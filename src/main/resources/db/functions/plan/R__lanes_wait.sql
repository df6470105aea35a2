-- What is asked for behind a closed gate: what is not sent waits at it, a call that has not left does not leave, and what may have arrived is not sent again. What is in the Error Hold bin stays there.
create or replace function lanes_wait(p_entities bigint[]) returns void language plpgsql as $$
begin
  update orderweir.delivery d
  set closed_gates = case when n.state in ('gated', 'held') then w.closed else 0 end, state = n.state, call_id = null,
      head = d.head and n.state <> 'superseded', done_at = case when n.state = 'superseded' then clock_timestamp() end,
      reason = case when n.state = 'superseded' then 'a gate was closed before its outcome was known' else d.reason end
  from (
    select a.id, a.state, a.unsure_since, a.call_id, c.closed
    from orderweir.delivery a
    cross join lateral (
      -- what is on its way is let go on by a gate that spares it
      select count(*) as closed from unnest(a.behind) as g (name)
      where not exists (select from orderweir.gate o where o.build_id = a.build_id and o.name = g.name and (o.opened_at is not null or o.spares and a.state in ('sending', 'unsure')))) c
    where a.entity_id = any (p_entities) and a.state in ('gated', 'ready', 'sending', 'unsure', 'held') and a.build_id is not null and not a.cancel
      and (a.state in ('gated', 'ready', 'held') and a.closed_gates <> c.closed or a.state in ('sending', 'unsure') and c.closed > 0) offset 0) w
  cross join lateral (
    select case
      when w.state = 'held' then 'held'
      when w.unsure_since is not null then 'superseded'
      when w.closed > 0 then 'gated'
      else 'ready' end as state) n
  where d.id = w.id and (w.state <> 'sending' or orderweir.call_withdraw(w.call_id));
end $$;
