-- Recomputes, for what is unsent of these entities, whether it waits for another target and whether a hold stops it; that of a notice, or of a payment, does not. Where nothing but the shop's word is waited for then,
-- the shop is asked at once.
create or replace function plan_refresh_waits(p_entities bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  update orderweir.delivery d
  set stopped = s.stopped, waits_after = s.waits_after
  from (
    select w.id,
           exists (select from orderweir.message m where m.entity_id = w.entity_id and m.state = 'held')
           or w.goods_moving and exists (
             select from orderweir.delivery h where h.entity_id = w.entity_id and h.state = 'held' and h.notice is null and h.id <> w.id
               and (select l.payment from orderweir.lane l where l.id = h.lane_id) is null) as stopped,
           w.after_lane_id is not null and (a.remote_id is null or a.read_at is not null or exists (
             select from orderweir.delivery b
             where b.lane_id = w.after_lane_id and b.message_id <= w.message_id
               and b.state in ('gated', 'ready', 'sending', 'unsure', 'held'))) as waits_after
    from orderweir.delivery w
    left join orderweir.lane a on a.id = w.after_lane_id
    where w.entity_id = any(p_entities) and w.state in ('gated', 'ready')) s
  where d.id = s.id and (d.stopped, d.waits_after) is distinct from (s.stopped, s.waits_after);
  with
    waiting as materialized (
      select o.build_id, o.name
      from orderweir.build b join orderweir.gate o on o.build_id = b.id
      where b.entity_id = any (p_entities) and o.rule ? 'asks' and o.opened_at is null and o.kept_by is null and o.turn_at is not null and o.asked_call is null and orderweir.goods_turn(o) = 'now'),
    free as materialized (
      select o.build_id, o.name from waiting w join orderweir.gate o on o.build_id = w.build_id and o.name = w.name for update of o skip locked),
    due as (
      update orderweir.gate g set turn_at = clock_timestamp() from free f where g.build_id = f.build_id and g.name = f.name and g.turn_at > clock_timestamp())
  -- what is just being looked at waits for the permits of its shop, which whoever calls this may hold: the next look takes its turn
  insert into orderweir.turn_given (build_id, gate)
  select w.build_id, w.name from waiting w except select f.build_id, f.name from free f;
end $$;
