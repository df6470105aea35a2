-- Plans every delivery of messages of different entities; what a target has, or will have, already is not planned again, and a message that
-- changes nothing for any target is noted. What is built is called by line_id, else by part. A delivery's gates: array of {name, lasting, persons, people, proposers, heldWhenLate, rule, due (s), said {open, by, reason, evidence}}.
create or replace function plan_messages(p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  wanted orderweir.wanted[];
  gate record;
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
    wanted := orderweir.plan_stay(wanted);
    -- what no account has goes to the new one alone
    update orderweir.delivery d
    set state = 'superseded', head = false, done_at = clock_timestamp(), reason = format('%s gets it', o.wanted)
    from orderweir.plan_left(wanted) as o
    where d.lane_id = o.lane_id and not o.stands and d.state in ('gated', 'ready', 'held');
    update orderweir.lane l set fingerprint = null from orderweir.plan_left(wanted) as o where l.id = o.lane_id and not o.stands;
  end if;

  insert into orderweir.lane (entity_id, connection, port, part, role)
  select entity_id, connection, port, part, max(role)
  from (
    select entity_id, connection, port, part, role from unnest(wanted)
    union all
    select entity_id, after ->> 'connection', after ->> 'port', after ->> 'part', null from unnest(wanted) where after is not null) as l
  group by 1, 2, 3, 4
  order by 1, 2, 3, 4
  on conflict (entity_id, connection, port, part) do nothing;

  insert into orderweir.build (entity_id, line_id, class, basis)
  select distinct entity_id, coalesce(line_id, part), class, gate_basis from unnest(wanted) where class is not null and not cancel and build_id is null
  on conflict (entity_id, line_id, basis) do nothing;

  select array_agg(row(w.entity_id, w.message_id, l.id, a.id, w.connection, w.port, w.part, w.external_id, w.priority, w.goods_moving, w.cancel,
    w.after, w.line_ids, w.gates, w.gate_basis, w.fingerprint, w.hold, w.class, coalesce(w.build_id, b.id), w.notice, w.line_id, w.role)::orderweir.wanted)
  into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on (l.entity_id, l.connection, l.port, l.part) = (w.entity_id, w.connection, w.port, w.part)
  left join orderweir.lane a on (a.entity_id, a.connection, a.port, a.part) = (w.entity_id, w.after ->> 'connection', w.after ->> 'port', w.after ->> 'part')
  left join orderweir.build b on (b.entity_id, b.line_id, b.basis) = (w.entity_id, coalesce(w.line_id, w.part), w.gate_basis) and w.class is not null and not w.cancel;

  if exists (select from orderweir.origin o where o.restored_at is not null) then
    perform orderweir.origin_doubt(wanted);
  end if;

  -- a gate that was opened for the order is open for whatever is built now
  with born as (
    insert into orderweir.gate (build_id, name, lasting, persons, people, proposers, held_when_late, rule, due_at, proposed_at, proposed_by, opened_at, opened_by, evidence)
    select distinct on (w.build_id, g.name) w.build_id, g.name, coalesce(g.lasting, false), coalesce(g.persons, 1), g.people, g.proposers, coalesce(g."heldWhenLate", false), coalesce(g.rule, '{}'),
           clock_timestamp() + make_interval(secs => g.due), o.proposed_at, o.proposed_by, o.opened_at, o.opened_by, o.evidence
    from unnest(wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lasting boolean, persons smallint, people text[], proposers text[], "heldWhenLate" boolean, rule jsonb, due float8)
    left join lateral (
      select p.* from orderweir.build b
      join orderweir.gate p on p.build_id = b.id and p.name = g.name
      where b.entity_id = w.entity_id and b.id <> w.build_id and g.lasting and p.lasting and p.opened_at is not null
      order by p.opened_at desc limit 1) o on true
    order by w.build_id, g.name
    on conflict (build_id, name) do nothing
    returning build_id, name, opened_at, opened_by, evidence)
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence)
  select build_id, name, 'kept', opened_by, 'opened for the order', evidence from born where opened_at is not null;

  -- what the shop says itself opens a gate, and closes it again if it was the shop that had opened it
  for gate in
    select w.build_id, g.name, g.said
    from unnest(wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, said jsonb)
    where g.said is not null
  loop
    perform orderweir.gate_decide(g, (gate.said ->> 'open')::boolean, gate.said ->> 'by', gate.said ->> 'reason', gate.said -> 'evidence')
    from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
  end loop;

  -- and what partners had said before
  perform orderweir.gates_follow(array(
    select w.build_id from unnest(wanted) as w where w.build_id is not null and exists (select from orderweir.signal s where s.entity_id = w.entity_id and s.state = 'heard')), true);

  -- nothing waits: there is nothing to tell the shop
  select array_agg(case when w.notice = 'closed' and not exists (select from orderweir.gate g where g.build_id = w.build_id and g.opened_at is null)
    then jsonb_populate_record(w::orderweir.wanted, '{"cancel": true}') else w::orderweir.wanted end) into wanted
  from unnest(wanted) as w;

  select array_agg(w::orderweir.wanted) into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on l.id = w.lane_id
  where case
    -- also of another build than the last, so that a gate of this one that closes finds what to tell
    when w.notice is not null and w.cancel then l.last_seq > 0 and (not l.cancelled or w.build_id is not null
      and not exists (select from orderweir.delivery d where d.lane_id = l.id and d.seq = l.last_seq and d.build_id = w.build_id))
    else (l.fingerprint, l.cancelled) is distinct from (w.fingerprint, w.cancel)
      -- what a closed gate had cancelled would be asked for again when it opens
      or w.cancel and exists (select from orderweir.delivery d where d.lane_id = l.id and d.seq = l.last_seq and d.cancel and d.build_id is not null)
    end;

  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(),
      reason = case when w.cancel then 'the order was cancelled' else 'newer version from the shop' end
  from unnest(wanted) as w
  where d.lane_id = w.lane_id and d.lane_id = any(array(select lane_id from unnest(wanted))) and d.state in ('gated', 'ready', 'held')
    -- what a closed gate cancels is cancelled, whatever comes after it
    and not (d.cancel and d.build_id is not null);

  perform orderweir.plan_place(wanted, p_plans);

  perform orderweir.request_give_turn(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
end $$;
