-- Writes what is planned into the lanes, and counts it at its messages; a message that changes nothing for any target is noted.
create or replace function plan_place(p_wanted orderweir.wanted[], p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_nestloop = off set enable_hashjoin = on set enable_mergejoin = off set jit = off as $$
begin
  with placed as materialized (
    select w.*, l.last_seq + 1 as seq, l.quiet_at, f.in_turn, b.names as behind, b.closed,
           case
             when w.cancel and not f.in_turn and l.remote_id is null and not l.doubtful then 'superseded'
             when w.hold is not null then 'held'
             when b.closed > 0 then 'gated'
             else 'ready'
           end as state
    from unnest(p_wanted) as w
    left join lateral (select last_seq, quiet_at, remote_id, doubtful from orderweir.lane where id = w.lane_id offset 0) l on true
    cross join lateral (
      select exists (
        select from orderweir.delivery d
        where d.lane_id = w.lane_id and d.seq <= l.last_seq and d.state in ('gated', 'ready', 'sending', 'unsure', 'held') offset 0) as in_turn) f
    cross join lateral orderweir.plan_behind(w, l.last_seq) b),
  planned as (
    insert into orderweir.delivery (message_id, entity_id, lane_id, after_lane_id, seq, head, closed_gates, waits_after, state, done_at, reason,
      connection, port, part, external_id, priority, goods_moving, cancel, due_at, line_ids, fingerprint, gate_basis, build_id, behind, notice)
    select message_id, entity_id, lane_id, after_lane_id, seq, not in_turn and state <> 'superseded',
           case when state in ('gated', 'held') then closed else 0 end,
           -- until plan_refresh_waits finds that it need not
           after_lane_id is not null and state in ('gated', 'ready'),
           state, case when state = 'superseded' then clock_timestamp() end,
           case state when 'superseded' then 'cancelled before anything was sent' when 'held' then hold ->> 'reason' end,
           connection, port, part, external_id, priority, goods_moving, cancel, greatest(clock_timestamp(), quiet_at), line_ids, fingerprint, gate_basis,
           build_id, behind, notice
    from placed
    order by message_id
    returning id, lane_id, message_id),
  remembered as (
    update orderweir.lane l
    set last_seq = p.seq, fingerprint = p.fingerprint, cancelled = p.cancel
    from placed p
    where l.id = p.lane_id and l.id = any(array(select lane_id from placed))),
  held as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint)
    select d.message_id, d.id, p.hold ->> 'reason', p.hold ->> 'sentence', p.hold ->> 'path',
           concat_ws('|', p.connection, p.hold ->> 'reason', p.hold ->> 'path')
    from planned d
    join placed p using (lane_id)
    where p.hold is not null and not p.cancel)
  update orderweir.message m
  set planned = m.planned + n.more,
      state = case when m.planned + n.more = 0 then 'noted' else 'planned' end,
      reason = case when m.planned + n.more = 0 then 'nothing changed for any target' end
  from (
    select p.message_id, count(d.id) - p.counted as more, p.counted
    from unnest(p_plans) as p
    left join planned d using (message_id)
    group by p.message_id, p.counted) n
  where m.id = n.message_id and (n.more <> 0 or n.counted = 0) and m.id = any(array(select message_id from unnest(p_plans)));
end $$;
