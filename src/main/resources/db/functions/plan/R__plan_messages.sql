-- Plans every delivery of messages of different entities; what a target has, or will have, already is not planned again, and a message that
-- changes nothing for any target is noted. What is built is called by line_id, else by part. A delivery's gates: array of {name, lasting, persons, people, proposers, heldWhenLate, rule, due (s), said {open, by, reason, evidence}}.
create or replace function plan_messages(p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  wanted orderweir.wanted[];
begin
  -- a ledger that is found to have been put back waits for whoever plans, and marks what was planned
  perform pg_advisory_xact_lock_shared(hashtext('orderweir.origin'));
  select array_agg(d) into wanted
  from unnest(p_plans) as p
  cross join lateral orderweir.plan_wanted(p.entity_id, p.message_id, p.deliveries) as d;

  if exists (
      select from unnest(wanted) as w
      join orderweir.lane l on l.entity_id = w.entity_id and l.port = w.port and l.part = w.part and l.connection <> w.connection
      where w.role is not null) then
    wanted := orderweir.plan_leave(wanted);
  end if;

  wanted := orderweir.plan_know(wanted);
  if exists (select from orderweir.origin o where o.restored_at is not null) then
    perform orderweir.origin_doubt(wanted);
  end if;

  perform orderweir.gates_make(wanted);
  wanted := orderweir.plan_differs(wanted);
  perform orderweir.goods_heed_added(wanted);

  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(),
      reason = case when w.cancel then 'the order was cancelled' else 'newer version from the shop' end
  from unnest(wanted) as w
  where d.lane_id = w.lane_id and d.lane_id = any(array(select lane_id from unnest(wanted)))
    and (d.state in ('gated', 'ready', 'held')
      -- a change that was not answered is not made again with what is old by now; of a create nobody knows whether there is something to change
      or d.state = 'unsure' and not d.cancel and exists (select from orderweir.lane l where l.id = d.lane_id and l.remote_id is not null))
    -- what a closed gate cancels is cancelled, whatever comes after it
    and not (d.cancel and d.build_id is not null);

  perform orderweir.plan_place(wanted, p_plans);

  perform orderweir.request_give_turn(w.build_id) from (
    select distinct g.build_id from unnest(wanted) as w
    cross join lateral (select build_id from orderweir.gate where build_id = w.build_id and rule ?| '{calendar,asks}' offset 0) g where not w.cancel) w;
end $$;
