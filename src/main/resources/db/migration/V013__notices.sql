-- What the shop is told of a line that is built to order: a delivery like any other, which holds up nothing else.
alter table delivery
  add column notice text check (notice in ('closed', 'open')),
  add column found jsonb;
comment on column delivery.notice is 'told to the shop: closed = while a gate of its build is closed, open = while those it is behind are open';
comment on column delivery.found is 'what an earlier call of it found out, for the next one';
alter table attempt
  drop constraint attempt_outcome,
  add constraint attempt_outcome check (outcome in ('done', 'found', 'absent', 'onward', 'later', 'away', 'throttled', 'again', 'unsure', 'pause', 'hold'));
alter table gate add column proposers text[];
comment on column gate.proposers is 'where it takes two: who may propose to open it; null = who may open it';
alter type wanted add attribute notice text, add attribute line_id text;

-- Recomputes, for what is unsent of these entities, whether it waits for another target and whether a hold stops it; that of a notice does not.
create or replace function refresh_waits(p_entities bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  update orderweir.delivery d
  set stopped = s.stopped, waits_after = s.waits_after
  from (
    select w.id,
           exists (select from orderweir.message m where m.entity_id = w.entity_id and m.state = 'held')
           or w.goods_moving and exists (
             select from orderweir.delivery h where h.entity_id = w.entity_id and h.state = 'held' and h.notice is null and h.id <> w.id) as stopped,
           w.after_lane_id is not null and (a.remote_id is null or exists (
             select from orderweir.delivery b
             where b.lane_id = w.after_lane_id and b.message_id <= w.message_id
               and b.state in ('gated', 'ready', 'sending', 'unsure', 'held'))) as waits_after
    from orderweir.delivery w
    left join orderweir.lane a on a.id = w.after_lane_id
    where w.entity_id = any(p_entities) and w.state in ('gated', 'ready')) s
  where d.id = s.id and (d.stopped, d.waits_after) is distinct from (s.stopped, s.waits_after);
end $$;

-- Whether something was asked for behind a gate and is, or may be, at its target.
create or replace function is_requested(p_build bigint, p_gate text) returns boolean language sql stable as $$
  select exists (
    select from orderweir.delivery d
    where d.build_id = p_build and not d.cancel and d.notice is null and (p_gate is null or p_gate = any (d.behind))
      and (d.state in ('sending', 'unsure')
        or d.state in ('delivered', 'confirmed') and not exists (
          select from orderweir.delivery n
          where n.lane_id = d.lane_id and n.seq > d.seq and n.state in ('delivered', 'confirmed') and (n.cancel or n.build_id <> p_build))))
$$;

-- Whether a build is still wanted: something of it waits, is under way, or stands at a target.
create or replace function is_wanted(p_build bigint) returns boolean language sql stable as $$
  select orderweir.is_requested(p_build, null)
    or exists (select from orderweir.delivery d where d.build_id = p_build and not d.cancel and d.notice is null and d.state in ('gated', 'ready', 'held'))
$$;

-- Whether anything is still asked for a build: the newest of one of its lanes, or what a closed gate cancels until it opens again.
create function is_planned(p_build bigint) returns boolean language sql stable as $$
  select exists (
    select from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
    where d.build_id = p_build and d.notice is null and d.state <> 'discarded')
$$;

-- Whether anything waits at the gates of a build, or was cancelled by one that was closed again.
create or replace function gate_waits(p_build bigint) returns boolean language plpgsql as $$
begin
  return exists (select from orderweir.delivery d where d.build_id = p_build and d.notice is null and d.state in ('gated', 'held'))
    or exists (select from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.build_id = p_build and d.notice is null and d.cancel and d.seq = l.last_seq);
end $$;

-- What a closed gate had cancelled is planned again.
create or replace function ask_anew(p_build bigint) returns void language plpgsql as $$
begin
  perform orderweir.plan_copy(o.delivery, false)
  from orderweir.delivery d
  join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  cross join lateral (
    select asked as delivery from orderweir.delivery asked
    where asked.lane_id = d.lane_id and asked.build_id = p_build and not asked.cancel
    order by asked.id desc limit 1) o
  where d.build_id = p_build and d.cancel and d.notice is distinct from 'closed'
    and not exists (select from orderweir.gate g where g.build_id = p_build and g.name = any ((o.delivery).behind) and g.opened_at is null);
  perform orderweir.refresh_waits(entity_id) from orderweir.build where id = p_build;
end $$;

-- Plans the same once more, behind the same gates, or its cancel.
create or replace function plan_copy(p_asked orderweir.delivery, p_cancel boolean) returns void language plpgsql as $$
begin
  perform orderweir.plan_message(p_asked.entity_id, p_asked.message_id, jsonb_build_array(jsonb_build_object(
    'connection', p_asked.connection, 'port', p_asked.port, 'part', p_asked.part, 'external_id', p_asked.external_id, 'priority', p_asked.priority,
    'goods_moving', p_asked.goods_moving and not p_cancel, 'cancel', p_cancel, 'line_ids', p_asked.line_ids, 'fingerprint', p_asked.fingerprint,
    'build_id', p_asked.build_id, 'class', (select class from orderweir.build where id = p_asked.build_id), 'gate_basis', p_asked.gate_basis, 'notice', p_asked.notice,
    'gates', case when p_cancel then '[]' else (select coalesce(jsonb_agg(jsonb_build_object('name', name)), '[]') from unnest(p_asked.behind) as name) end,
    'after', case when not p_cancel then (select jsonb_build_object('connection', a.connection, 'part', a.part) from orderweir.lane a where a.id = p_asked.after_lane_id) end)));
end $$;

-- Tells the shop what waits at a gate, and takes that back when nothing does.
create function show_waiting(p_build bigint) returns void language plpgsql as $$
declare
  waits boolean := orderweir.is_planned(p_build) and exists (select from orderweir.gate where build_id = p_build and opened_at is null);
begin
  perform orderweir.plan_copy(d, not waits)
  from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  where d.build_id = p_build and d.notice = 'closed' and d.cancel = waits;
end $$;

-- Where an order is shipped together, each of its builds has a gate with the rule {together}: it is open while nothing of the order waits at another gate.
create function weigh_together(p_entity bigint) returns void language plpgsql as $$
declare
  waits text := (
    select string_agg(format('gate %s of line %s', g.name, b.line_id), ', ' order by b.line_id, g.name)
    from orderweir.build b join orderweir.gate g on g.build_id = b.id
    where b.entity_id = p_entity and g.opened_at is null and not g.rule ? 'together' and orderweir.is_planned(b.id));
  built bigint;
  gate orderweir.gate;
begin
  for built in
    select b.id from orderweir.build b join orderweir.gate g on g.build_id = b.id
    where b.entity_id = p_entity and g.rule ? 'together' and (g.opened_at is null) = (waits is null) and orderweir.is_planned(b.id)
      and (g.opened_by is null or g.opened_by = 'the order')
      -- what a person closed is opened by a person
      and not exists (
        select from (select d.by, d.decision from orderweir.gate_decision d where d.build_id = b.id and d.gate = g.name order by d.id desc limit 1) last
        where last.by <> 'the order' and last.decision in ('closed', 'refused'))
    order by b.id
  loop
    -- the one before may have moved it already
    select g.* into gate from orderweir.gate g where g.build_id = built and g.rule ? 'together' and (g.opened_at is null) = (waits is null);
    continue when not found;
    if waits is null then
      perform orderweir.let_through(gate, 'the order', 'nothing else of the order waits', '{"waits": "nothing"}', gate);
    else
      perform orderweir.shut(gate, 'the order', left(waits || ' is closed', 500), null);
    end if;
  end loop;
end $$;

-- What a person discards keeps the rest of its order waiting no longer, and the shop is told of it no more.
create function go_without() returns trigger language plpgsql as $$
begin
  perform orderweir.show_waiting(new.build_id);
  perform orderweir.weigh_together(new.entity_id);
  return null;
end $$;
create trigger delivery_go_without after update on delivery
  for each row when (old.state <> new.state and new.state = 'discarded' and new.build_id is not null) execute function go_without();

-- Plans every delivery of messages of different entities; what a target has, or will have, already is not planned again, and a message that
-- changes nothing for any target is noted. What is built is called by line_id, else by part. A delivery's gates: array of {name, lasting, persons, people, proposers, heldWhenLate, rule, due (s), said {open, by, reason, evidence}}.
create or replace function plan_messages(p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  wanted orderweir.wanted[];
  gate record;
  built bigint;
begin
  select array_agg(row(p.entity_id, p.message_id, null, null, d.connection, d.port, d.part, d.external_id, d.priority, d.goods_moving, d.cancel,
    d.after, d.line_ids, d.gates, d.gate_basis, d.fingerprint, d.hold, d.class, d.build_id, d.notice, d.line_id)::orderweir.wanted)
  into wanted
  from unnest(p_plans) as p
  cross join jsonb_populate_recordset(null::orderweir.wanted, p.deliveries) as d;

  insert into orderweir.lane (entity_id, connection, part)
  select entity_id, connection, part from unnest(wanted)
  union
  select entity_id, after ->> 'connection', after ->> 'part' from unnest(wanted) where after is not null
  order by 1, 2, 3
  on conflict (entity_id, connection, part) do nothing;

  insert into orderweir.build (entity_id, line_id, class, basis)
  select distinct entity_id, coalesce(line_id, part), class, gate_basis from unnest(wanted) where class is not null and not cancel and build_id is null
  on conflict (entity_id, line_id, basis) do nothing;

  select array_agg(row(w.entity_id, w.message_id, l.id, a.id, w.connection, w.port, w.part, w.external_id, w.priority, w.goods_moving, w.cancel,
    w.after, w.line_ids, w.gates, w.gate_basis, w.fingerprint, w.hold, w.class, coalesce(w.build_id, b.id), w.notice, w.line_id)::orderweir.wanted)
  into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on (l.entity_id, l.connection, l.part) = (w.entity_id, w.connection, w.part)
  left join orderweir.lane a on (a.entity_id, a.connection, a.part) = (w.entity_id, w.after ->> 'connection', w.after ->> 'part')
  left join orderweir.build b on (b.entity_id, b.line_id, b.basis) = (w.entity_id, coalesce(w.line_id, w.part), w.gate_basis) and w.class is not null and not w.cancel;

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
    perform orderweir.hear(g, (gate.said ->> 'open')::boolean, gate.said ->> 'by', gate.said ->> 'reason', gate.said -> 'evidence')
    from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
  end loop;

  -- and what partners had said before
  for built in
    select distinct w.build_id from unnest(wanted) as w where w.build_id is not null and exists (
      select from orderweir.signal s where s.entity_id = w.entity_id and s.state = 'heard')
    order by 1
  loop
    perform orderweir.weigh_build(built);
  end loop;

  -- nothing waits: there is nothing to tell the shop
  select array_agg(case when w.notice = 'closed' and not exists (select from orderweir.gate g where g.build_id = w.build_id and g.opened_at is null)
    then jsonb_populate_record(w::orderweir.wanted, '{"cancel": true}') else w::orderweir.wanted end) into wanted
  from unnest(wanted) as w;

  select array_agg(w::orderweir.wanted) into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on l.id = w.lane_id
  where case
    when w.notice is not null and w.cancel then not l.cancelled and l.last_seq > 0
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

  with placed as materialized (
    select w.*, l.last_seq + 1 as seq, l.quiet_at, f.in_flight, c.closed,
           case
             when w.cancel and not f.in_flight and l.remote_id is null and not l.doubtful then 'superseded'
             when w.hold is not null then 'held'
             when c.closed > 0 then 'gated'
             else 'ready'
           end as state
    from unnest(wanted) as w
    left join orderweir.lane l on l.id = w.lane_id
    cross join lateral (
      select exists (
        select from orderweir.delivery d
        where d.lane_id = w.lane_id and (d.state in ('sending', 'unsure') or d.cancel and d.build_id is not null and d.state in ('ready', 'held')) offset 0) as in_flight) f
    cross join lateral (
      select count(*) as closed from jsonb_to_recordset(w.gates) as g (name text)
      where not exists (select from orderweir.gate o where o.build_id = w.build_id and o.name = g.name and o.opened_at is not null)) c),
  planned as (
    insert into orderweir.delivery (message_id, entity_id, lane_id, after_lane_id, seq, head, closed_gates, waits_after, state, done_at, reason,
      connection, port, part, external_id, priority, goods_moving, cancel, due_at, line_ids, fingerprint, gate_basis, build_id, behind, notice)
    select message_id, entity_id, lane_id, after_lane_id, seq, not in_flight and state <> 'superseded',
           case when state in ('gated', 'held') then closed else 0 end,
           -- until refresh_waits finds that it need not
           after_lane_id is not null and state in ('gated', 'ready'),
           state, case when state = 'superseded' then clock_timestamp() end,
           case state when 'superseded' then 'cancelled before anything was sent' when 'held' then hold ->> 'reason' end,
           connection, port, part, external_id, priority, goods_moving, cancel, greatest(clock_timestamp(), quiet_at), line_ids, fingerprint, gate_basis,
           build_id, case when build_id is not null then array(select g.name from jsonb_to_recordset(gates) as g (name text) order by 1) end, notice
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
  set planned = m.planned + n.plans,
      state = case when m.planned + n.plans = 0 then 'noted' else 'planned' end,
      reason = case when m.planned + n.plans = 0 then 'nothing changed for any target' end
  from (
    select p.message_id, count(d.id) as plans from unnest(p_plans) as p left join planned d using (message_id) group by p.message_id) n
  where m.id = n.message_id and m.id = any(array(select message_id from unnest(p_plans)));

  perform orderweir.give_turn(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
  perform orderweir.take_back_others(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
  perform orderweir.weigh_together(w.entity_id) from (select distinct entity_id from unnest(wanted) where class is not null and notice is null order by 1) w;
end $$;

create or replace function let_through(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb, p_asked orderweir.gate) returns void language plpgsql as $$
begin
  update orderweir.gate
  set opened_at = clock_timestamp(), opened_by = p_by, proposed_at = p_asked.proposed_at, proposed_by = p_asked.proposed_by,
      evidence = coalesce(p_asked.evidence, p_evidence)
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'opened', p_by, p_reason, p_evidence);
  perform orderweir.lift_hold(p_gate);
  update orderweir.delivery
  set closed_gates = closed_gates - 1,
      state = case when state = 'gated' and closed_gates = 1 then 'ready' else state end
  where build_id = p_gate.build_id and state in ('gated', 'held') and p_gate.name = any (behind);
  perform orderweir.ask_anew(p_gate.build_id);
  perform orderweir.give_turn(p_gate.build_id);
  -- what partners had said of the gates after it counts now
  perform orderweir.weigh(g, false) from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is null and g.rule -> 'after' ? p_gate.name and (g.rule ? 'paid' or g.rule ? 'opens');
  perform orderweir.show_waiting(p_gate.build_id);
  if not p_gate.rule ? 'together' then
    perform orderweir.weigh_together(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  end if;
end $$;

-- Returns how many requests are cancelled.
create or replace function shut(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb) returns int language plpgsql as $$
declare
  asked orderweir.delivery;
  cancels int := 0;
begin
  update orderweir.gate
  set opened_at = null, opened_by = null, proposed_at = null, proposed_by = null, evidence = null
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'closed', p_by, p_reason, p_evidence);
  if p_gate.opened_at is null then
    return 0;
  end if;
  update orderweir.delivery
  set closed_gates = closed_gates + 1,
      state = case when state = 'held' then 'held' else 'gated' end,
      leased_until = null
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind)
    and (state in ('gated', 'ready', 'held') or state = 'sending' and called_at is null and unsure_since is null);
  for asked in
    select d.* from orderweir.delivery d
    where d.build_id = p_gate.build_id and not d.cancel and p_gate.name = any (d.behind)
      and orderweir.stands(d)
  loop
    perform orderweir.take_back(asked);
    cancels := cancels + 1;
  end loop;
  perform orderweir.take_back_others(p_gate.build_id);
  -- what may have arrived is not asked for again; whether there is something to cancel is looked up
  update orderweir.delivery
  set state = 'superseded', head = false, done_at = clock_timestamp(), leased_until = null, reason = format('gate %s was closed', p_gate.name)
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind) and (state = 'unsure' or state = 'sending' and called_at is null);
  -- a slot that was booked behind it may be given to others
  select cancels + coalesce(sum(orderweir.shut(g, 'calendar ' || (g.rule ->> 'calendar'), format('gate %s was closed', p_gate.name), null)), 0) into cancels
  from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is not null and g.rule ? 'calendar' and g.rule -> 'after' ? p_gate.name;
  update orderweir.slot set doubtful = true where build_id = p_gate.build_id and gate = p_gate.name;
  update orderweir.gate g set turn_at = null where g.build_id = p_gate.build_id and g.rule ? 'calendar' and g.turn_at is not null and (g.name = p_gate.name or g.rule -> 'after' ? p_gate.name);
  perform orderweir.show_waiting(p_gate.build_id);
  if not p_gate.rule ? 'together' then
    perform orderweir.weigh_together(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  end if;
  perform orderweir.refresh_waits(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  return cancels;
end $$;

-- Opens a gate; where two persons are asked for, the first proposes and another one opens. The first evidence stays. With the last gate a
-- delivery waits behind it is ready, and what a closed gate had cancelled is asked for anew.
create or replace function open_gate(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.take_gate(p_build, p_order, p_line, p_gate);
  left_closed int;
  before text[] := orderweir.closed_before(taken);
begin
  if taken.opened_at is not null then
    return orderweir.gate_answer(taken, format('Gate %s is already open: %s opened it at %s. That evidence stays.', p_gate, taken.opened_by, orderweir.utc(taken.opened_at)))
      || jsonb_build_object('alreadyOpen', true);
  end if;
  if not orderweir.gate_waits(taken.build_id) then
    raise exception 'Line % does not wait at gate % any more: %.', (select line_id from orderweir.build where id = taken.build_id), p_gate,
      coalesce((select format('its request is %s (%s)', d.state, coalesce(d.reason, 'no reason given')) from orderweir.delivery d
        where d.build_id = taken.build_id and d.notice is null order by d.id desc limit 1), 'nothing was asked for it') using errcode = 'OW409';
  end if;
  if taken.persons = 2 and taken.proposed_by is null and taken.proposers is not null then
    if p_by <> all (taken.proposers) then
      raise exception 'Opening gate % is proposed by %.', p_gate, array_to_string(taken.proposers, ' or ') using errcode = 'OW403';
    end if;
  elsif p_by <> all (taken.people) then
    raise exception 'Gate % is opened by %.', p_gate, coalesce(nullif(array_to_string(taken.people, ' or '), ''), 'no person') using errcode = 'OW403';
  end if;
  if cardinality(before) > 0 then
    raise exception 'Gate % comes after %, which is closed.', p_gate, array_to_string(before, ' and ') using errcode = 'OW409';
  end if;
  if taken.persons = 2 and taken.proposed_by is null then
    update orderweir.gate set proposed_at = clock_timestamp(), proposed_by = p_by, evidence = p_evidence
    where build_id = taken.build_id and name = p_gate
    returning * into taken;
    insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (taken.build_id, p_gate, 'proposed', p_by, p_reason, p_evidence);
    return orderweir.gate_answer(taken, format('Gate %s is still closed: it takes a second person to open it.', p_gate)) || jsonb_build_object('alreadyOpen', false);
  end if;
  if taken.proposed_by = p_by then
    raise exception 'You proposed to open gate % at %. Another person opens it.', p_gate, orderweir.utc(taken.proposed_at) using errcode = 'OW409';
  end if;
  perform orderweir.let_through(g, p_by, p_reason, p_evidence, taken) from orderweir.same_gates(taken) as g where g.opened_at is null;
  select * into taken from orderweir.gate where build_id = taken.build_id and name = p_gate;
  select count(*) into left_closed from orderweir.gate where build_id = taken.build_id and opened_at is null;
  return orderweir.gate_answer(taken, format('Gate %s is open. %s', p_gate, case
      when exists (select from orderweir.delivery where build_id = taken.build_id and state = 'held') then 'The line is held for another reason.'
      when left_closed > 0 then format('%s still closed.', left_closed)
      else 'The line is requested now.' end)) || jsonb_build_object('alreadyOpen', false);
end $$;

-- A call's outcome reaches the lane; what would wait again, also at a gate, gives way to a newer version that waits behind it.
create or replace function settle_lane() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  if new.state in ('delivered', 'confirmed') or new.remote_id is distinct from old.remote_id then
    update orderweir.lane
    set remote_id = case when not new.final then new.remote_id end, doubtful = false, requests = requests + new.final::int
    where id = new.lane_id;
  elsif new.state in ('ready', 'superseded') and old.unsure_since is not null and new.unsure_since is null then
    -- looked up when the target could no longer be working on it: it has nothing
    update orderweir.lane set doubtful = false where id = new.lane_id;
  elsif new.state = 'held' and old.unsure_since is not null then
    update orderweir.lane set doubtful = true where id = new.lane_id;
  end if;
  if new.state in ('gated', 'ready', 'held') and not (new.cancel and new.build_id is not null) and exists (
    select from orderweir.delivery d
    where d.lane_id = new.lane_id and d.seq > new.seq
      -- what stands at the target is cancelled while the newer one waits at its gates
      and d.state = any (case when new.cancel then '{ready,held}' else '{gated,ready,held}' end::text[])) then
    new.state := 'superseded';
    new.head := false;
    new.done_at := clock_timestamp();
    new.reason := 'a newer version took its place';
  end if;
  return new;
end $$;

-- Who opened a gate with a day says another one: that one counts, and the shop is told it.
create function put_off(p_gate orderweir.gate, p_reason text, p_evidence jsonb) returns void language plpgsql as $$
begin
  update orderweir.gate set evidence = p_evidence where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'opened', p_gate.opened_by, p_reason, p_evidence);
  -- what is not sent yet is sent with the evidence of then
  perform orderweir.plan_copy(jsonb_populate_record(d, jsonb_build_object('fingerprint', concat(split_part(d.fingerprint, '@', 1), '@', p_evidence ->> 'day'))), false)
  from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  where d.build_id = p_gate.build_id and d.notice = 'open' and not d.cancel and p_gate.name = any (d.behind) and d.state in ('sending', 'unsure', 'delivered', 'confirmed');
end $$;

-- Lets the signals open or close a gate; returns what became of it. What a person opened is closed only by news that close it.
create or replace function weigh(p_gate orderweir.gate, p_news boolean) returns text language plpgsql as $$
declare
  said record;
  waits text[];
begin
  select * into said from orderweir.said_of(p_gate);
  if not found then
    return null;
  elsif said.open and p_gate.opened_at is not null then
    if p_gate.opened_by = said.source and said.evidence ? 'day' and said.evidence ->> 'day' is distinct from p_gate.evidence ->> 'day' then
      perform orderweir.put_off(g, said.reason, said.evidence) from orderweir.same_gates(p_gate) as g where g.opened_by = said.source;
      return format('gate %s is open with another day: %s', p_gate.name, said.evidence ->> 'day');
    end if;
    return format('gate %s is open already', p_gate.name);
  elsif said.open then
    waits := orderweir.closed_before(p_gate);
    if cardinality(waits) > 0 then
      return format('gate %s comes after %s', p_gate.name, array_to_string(waits, ', '));
    end if;
    -- what a partner said before somebody else closed the gate does not open it again
    if exists (select from orderweir.gate_decision d
      where d.build_id in (select s.build_id from orderweir.same_gates(p_gate) s) and d.gate = p_gate.name and d.decision in ('closed', 'refused')
        and d.by <> said.source and d.at > said.heard_at) then
      return format('gate %s was closed since', p_gate.name);
    end if;
    perform orderweir.let_through(g, said.source, said.reason, said.evidence, p_gate) from orderweir.same_gates(p_gate) as g where g.opened_at is null;
    return format('gate %s is open: %s', p_gate.name, said.reason);
  elsif p_gate.opened_at is not null and (p_news or p_gate.opened_by = said.source) then
    perform orderweir.shut(g, said.source, said.reason, said.evidence) from orderweir.same_gates(p_gate) as g where g.opened_at is not null;
    return format('gate %s is closed: %s', p_gate.name, said.reason);
  end if;
  return format('gate %s is %s: %s', p_gate.name, case when p_gate.opened_at is null then 'closed' else 'open' end, said.reason);
end $$;
