-- A line that is built to order, in one configuration, is a build. Its gates are the build's, whatever is asked for it and of whom: each is opened
-- once. What is asked (its shipment) is a delivery behind some of them. Every decision at a gate stays, with who, when, why and on what evidence.
create table build (
  id bigint generated always as identity primary key,
  entity_id bigint not null references entity,
  line_id text not null,
  class text not null,
  basis text not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (entity_id, line_id, basis)
);
comment on column build.basis is 'fingerprint of the line: another one is another build';

alter table delivery
  add column build_id bigint references build,
  add column behind text[],
  add constraint delivery_behind_gates_of_a_build check ((build_id is null) = (behind is null));
comment on column delivery.build_id is 'the build it is asked for; also of the cancel that a closed gate sends after it';
comment on column delivery.behind is 'the gates that must be open before it is sent';
create index delivery_build on delivery (build_id) where build_id is not null;

alter table gate rename to gate_of_delivery;
alter index gate_closed rename to gate_of_delivery_closed;
create table gate (
  build_id bigint not null references build,
  name text not null,
  lasting boolean not null default false,
  persons smallint not null default 1 check (persons in (1, 2)),
  people text[],
  held_when_late boolean not null default false,
  due_at timestamptz,
  late_at timestamptz,
  proposed_at timestamptz,
  proposed_by text,
  opened_at timestamptz,
  opened_by text,
  evidence jsonb,
  primary key (build_id, name),
  constraint gate_open_has_proof check (opened_at is null and opened_by is null or num_nonnulls(opened_at, opened_by, evidence) = 3),
  constraint gate_proposal_has_proof check (proposed_at is null and proposed_by is null or num_nonnulls(proposed_at, proposed_by, evidence) = 3),
  constraint gate_evidence_has_a_name check (evidence is null or coalesce(opened_by, proposed_by) is not null),
  constraint gate_two_are_two check (persons = 1 or opened_by is null or opened_by <> proposed_by)
);
comment on column gate.lasting is 'for the order: one for all its builds, whatever is built';
comment on column gate.persons is '2: one proposes, and another opens';
comment on column gate.people is 'who may open it by hand; null = anyone';
comment on column gate.late_at is 'when somebody was told that it is late';
create index gate_due on gate (due_at) where opened_at is null and late_at is null;

create table gate_decision (
  id bigint generated always as identity primary key,
  build_id bigint not null references build,
  gate text not null,
  at timestamptz not null default clock_timestamp(),
  decision text not null check (decision in ('proposed', 'opened', 'closed', 'refused', 'extended', 'late', 'kept')),
  by text not null,
  reason text,
  evidence jsonb,
  due_at timestamptz
);
create index gate_decision_build on gate_decision (build_id, id);

-- what was waiting keeps its gates and what they were opened with
insert into build (entity_id, line_id, class, basis)
select distinct d.entity_id, d.part, 'built-to-order', d.gate_basis from delivery d where d.gate_basis is not null and exists (select from gate_of_delivery g where g.delivery_id = d.id);
update delivery d set build_id = b.id, behind = array(select name from gate_of_delivery g where g.delivery_id = d.id order by name)
from build b
where (b.entity_id, b.line_id, b.basis) = (d.entity_id, d.part, d.gate_basis) and exists (select from gate_of_delivery g where g.delivery_id = d.id);
insert into gate (build_id, name, due_at, opened_at, opened_by, evidence)
select distinct on (d.build_id, g.name) d.build_id, g.name, g.due_at, g.opened_at, g.opened_by, g.evidence
from gate_of_delivery g join delivery d on d.id = g.delivery_id
order by d.build_id, g.name, g.opened_at is null, d.id desc;
insert into gate_decision (build_id, gate, at, decision, by, evidence)
select build_id, name, opened_at, 'opened', opened_by, evidence from gate where opened_at is not null;
drop table gate_of_delivery;

alter type wanted add attribute class text, add attribute build_id bigint;

-- Plans every delivery of messages of different entities; what a target has, or will have, already is not planned again, and a message that
-- changes nothing for any target is noted. A delivery's gates: array of {name, lasting, persons, people, heldWhenLate, due (s), said {open, by, reason, evidence}}.
create or replace function plan_messages(p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  wanted orderweir.wanted[];
  gate record;
begin
  select array_agg(row(p.entity_id, p.message_id, null, null, d.connection, d.port, d.part, d.external_id, d.priority, d.goods_moving, d.cancel,
    d.after, d.line_ids, d.gates, d.gate_basis, d.fingerprint, d.hold, d.class, d.build_id)::orderweir.wanted)
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
  select distinct entity_id, part, class, gate_basis from unnest(wanted) where jsonb_array_length(gates) > 0
  on conflict (entity_id, line_id, basis) do nothing;

  select array_agg(row(w.entity_id, w.message_id, l.id, a.id, w.connection, w.port, w.part, w.external_id, w.priority, w.goods_moving, w.cancel,
    w.after, w.line_ids, w.gates, w.gate_basis, w.fingerprint, w.hold, w.class, coalesce(w.build_id, b.id))::orderweir.wanted)
  into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on (l.entity_id, l.connection, l.part) = (w.entity_id, w.connection, w.part)
  left join orderweir.lane a on (a.entity_id, a.connection, a.part) = (w.entity_id, w.after ->> 'connection', w.after ->> 'part')
  left join orderweir.build b on (b.entity_id, b.line_id, b.basis) = (w.entity_id, w.part, w.gate_basis) and jsonb_array_length(w.gates) > 0;

  -- a gate that was opened for the order is open for whatever is built now
  with born as (
    insert into orderweir.gate (build_id, name, lasting, persons, people, held_when_late, due_at, proposed_at, proposed_by, opened_at, opened_by, evidence)
    select distinct on (w.build_id, g.name) w.build_id, g.name, coalesce(g.lasting, false), coalesce(g.persons, 1), g.people, coalesce(g."heldWhenLate", false),
           clock_timestamp() + make_interval(secs => g.due), o.proposed_at, o.proposed_by, o.opened_at, o.opened_by, o.evidence
    from unnest(wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lasting boolean, persons smallint, people text[], "heldWhenLate" boolean, due float8)
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

  select array_agg(w::orderweir.wanted) into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on l.id = w.lane_id
  where (l.fingerprint, l.cancelled) is distinct from (w.fingerprint, w.cancel);

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
      connection, port, part, external_id, priority, goods_moving, cancel, due_at, line_ids, fingerprint, gate_basis, build_id, behind)
    select message_id, entity_id, lane_id, after_lane_id, seq, not in_flight and state <> 'superseded',
           case when state in ('gated', 'held') then closed else 0 end,
           -- until refresh_waits finds that it need not
           after_lane_id is not null and state in ('gated', 'ready'),
           state, case when state = 'superseded' then clock_timestamp() end,
           case state when 'superseded' then 'cancelled before anything was sent' when 'held' then hold ->> 'reason' end,
           connection, port, part, external_id, priority, goods_moving, cancel, greatest(clock_timestamp(), quiet_at), line_ids, fingerprint, gate_basis,
           build_id, case when build_id is not null then array(select g.name from jsonb_to_recordset(gates) as g (name text) order by 1) end
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
end $$;

drop function open_gate;

-- Takes one gate under the lock of its order: by build, or by order (name or key) and line, of which the newest build counts.
create function take_gate(p_build bigint, p_order text, p_line text, p_gate text) returns orderweir.gate language plpgsql as $$
declare
  entities bigint[];
  taken orderweir.gate;
begin
  if p_build is not null then
    entities := array(select entity_id from orderweir.build where id = p_build);
  else
    entities := array(select id from orderweir.entity where key = p_order or name in (p_order, '#' || p_order) order by id);
  end if;
  if cardinality(entities) = 0 then
    raise exception 'There is no %.', coalesce('build ' || p_build, 'order ' || p_order) using errcode = 'OW404';
  elsif cardinality(entities) > 1 then
    raise exception 'Several orders are called %. Use one of their keys: %.', p_order,
      (select string_agg(key, ', ' order by key) from orderweir.entity where id = any (entities)) using errcode = 'OW409';
  end if;
  perform orderweir.lock_entity(entities[1]);
  select g.* into taken
  from orderweir.build b
  join orderweir.gate g on g.build_id = b.id and g.name = p_gate
  where b.entity_id = entities[1] and (b.id = p_build or p_build is null and b.line_id = p_line)
  order by (select max(d.id) from orderweir.delivery d where d.build_id = b.id) desc nulls last
  limit 1;
  if not found then
    raise exception 'Order %: % has no gate %.', (select coalesce(name, key) from orderweir.entity where id = entities[1]),
      coalesce('build ' || p_build, 'line ' || p_line), p_gate using errcode = 'OW404';
  end if;
  return taken;
end $$;

-- Whether anything waits at the gates of a build, or was cancelled by one that was closed again.
create function gate_waits(p_build bigint) returns boolean language plpgsql as $$
begin
  return exists (select from orderweir.delivery d where d.build_id = p_build and d.state in ('gated', 'held'))
    or exists (select from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.build_id = p_build and d.cancel and d.seq = l.last_seq);
end $$;

create function gate_answer(p_gate orderweir.gate, p_answer text) returns jsonb language plpgsql as $$
begin
  return (
    select jsonb_build_object('build', b.id, 'order', coalesce(e.name, e.key), 'line', b.line_id, 'gate', p_gate.name,
      'open', p_gate.opened_at is not null, 'by', coalesce(p_gate.opened_by, p_gate.proposed_by),
      'at', orderweir.utc(coalesce(p_gate.opened_at, p_gate.proposed_at)), 'evidence', p_gate.evidence, 'dueAt', orderweir.utc(p_gate.due_at),
      'closedGates', (select count(*) from orderweir.gate g where g.build_id = b.id and g.opened_at is null), 'answer', p_answer)
    from orderweir.build b join orderweir.entity e on e.id = b.entity_id where b.id = p_gate.build_id);
end $$;

-- The gate, and where it is for the order, the same of its other builds.
create function same_gates(p_gate orderweir.gate) returns setof orderweir.gate language plpgsql as $$
begin
  return query
    select g.* from orderweir.gate g
    join orderweir.build b on b.id = g.build_id
    where g.name = p_gate.name and (g.build_id = p_gate.build_id or p_gate.lasting and g.lasting
      and b.entity_id = (select entity_id from orderweir.build where id = p_gate.build_id))
    order by g.build_id;
end $$;

create function let_through(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb, p_asked orderweir.gate) returns void language plpgsql as $$
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
end $$;

-- Opens a gate; where two persons are asked for, the first proposes and another one opens. The first evidence stays. With the last gate a
-- delivery waits behind it is ready, and what a closed gate had cancelled is asked for anew.
create function open_gate(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.take_gate(p_build, p_order, p_line, p_gate);
  left_closed int;
begin
  if taken.opened_at is not null then
    return orderweir.gate_answer(taken, format('Gate %s is already open: %s opened it at %s. That evidence stays.', p_gate, taken.opened_by, orderweir.utc(taken.opened_at)))
      || jsonb_build_object('alreadyOpen', true);
  end if;
  if not orderweir.gate_waits(taken.build_id) then
    raise exception 'Line % does not wait at gate % any more: %.', (select line_id from orderweir.build where id = taken.build_id), p_gate,
      coalesce((select format('its request is %s (%s)', d.state, coalesce(d.reason, 'no reason given')) from orderweir.delivery d
        where d.build_id = taken.build_id order by d.id desc limit 1), 'nothing was asked for it') using errcode = 'OW409';
  end if;
  if p_by <> all (taken.people) then
    raise exception 'Gate % is opened by %.', p_gate, array_to_string(taken.people, ' or ') using errcode = 'OW403';
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

-- Plans the same once more, behind the same gates, or its cancel.
create function plan_copy(p_asked orderweir.delivery, p_cancel boolean) returns void language plpgsql as $$
begin
  perform orderweir.plan_message(p_asked.entity_id, p_asked.message_id, jsonb_build_array(jsonb_build_object(
    'connection', p_asked.connection, 'port', p_asked.port, 'part', p_asked.part, 'external_id', p_asked.external_id, 'priority', p_asked.priority,
    'goods_moving', p_asked.goods_moving and not p_cancel, 'cancel', p_cancel, 'line_ids', p_asked.line_ids, 'fingerprint', p_asked.fingerprint,
    'build_id', p_asked.build_id, 'class', (select class from orderweir.build where id = p_asked.build_id), 'gate_basis', p_asked.gate_basis,
    'gates', case when p_cancel then '[]' else (select jsonb_agg(jsonb_build_object('name', name)) from unnest(p_asked.behind) as name) end,
    'after', case when not p_cancel then (select jsonb_build_object('connection', a.connection, 'part', a.part) from orderweir.lane a where a.id = p_asked.after_lane_id) end)));
end $$;

-- What a closed gate had cancelled is planned again.
create function ask_anew(p_build bigint) returns void language plpgsql as $$
begin
  perform orderweir.plan_copy(o.delivery, false)
  from orderweir.delivery d
  join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
  cross join lateral (
    select asked as delivery from orderweir.delivery asked
    where asked.lane_id = d.lane_id and asked.build_id = p_build and not asked.cancel
    order by asked.id desc limit 1) o
  where d.build_id = p_build and d.cancel
    and not exists (select from orderweir.gate g where g.build_id = p_build and g.name = any ((o.delivery).behind) and g.opened_at is null);
  perform orderweir.refresh_waits(entity_id) from orderweir.build where id = p_build;
end $$;

-- Returns how many requests are cancelled.
create function shut(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb) returns int language plpgsql as $$
declare
  asked orderweir.delivery;
  waiting orderweir.delivery;
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
    where d.build_id = p_gate.build_id and not d.cancel and p_gate.name = any (d.behind) and d.state in ('sending', 'unsure', 'delivered', 'confirmed')
      and not exists (
        select from orderweir.delivery n
        where n.lane_id = d.lane_id and n.seq > d.seq and (n.state in ('sending', 'unsure', 'delivered', 'confirmed') or n.cancel and n.state <> 'superseded'))
  loop
    select * into waiting from orderweir.delivery d
    where d.lane_id = asked.lane_id and d.seq > asked.seq and not d.cancel and d.state in ('gated', 'ready', 'held');
    perform orderweir.plan_copy(asked, true);
    if waiting.id is not null then
      perform orderweir.plan_copy(waiting, false);
    end if;
    cancels := cancels + 1;
  end loop;
  -- what may have arrived is not asked for again; whether there is something to cancel is looked up
  update orderweir.delivery
  set state = 'superseded', head = false, done_at = clock_timestamp(), leased_until = null, reason = format('gate %s was closed', p_gate.name)
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind) and (state = 'unsure' or state = 'sending' and called_at is null);
  perform orderweir.refresh_waits(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  return cancels;
end $$;

-- A call that is not answered is not repeated when one of its gates was closed meanwhile: its cancel waits.
create function yield_to_cancel() returns trigger language plpgsql as $$
begin
  perform orderweir.lock_entity(new.entity_id);
  if exists (select from orderweir.gate g where g.build_id = new.build_id and g.name = any (new.behind) and g.opened_at is null) then
    new.state := 'superseded';
    new.head := false;
    new.done_at := clock_timestamp();
    new.reason := 'a gate was closed before its outcome was known';
  end if;
  return new;
end $$;
create trigger delivery_yield_to_cancel before update on delivery
  for each row when (old.state = 'sending' and new.state = 'unsure' and new.build_id is not null and not new.cancel) execute function yield_to_cancel();

-- It may have arrived: whether there is something to cancel is looked up. Comes before the turn is passed.
create function doubt_lane() returns trigger language plpgsql as $$
begin
  update orderweir.lane set doubtful = remote_id is null where id = new.lane_id;
  return null;
end $$;
create trigger delivery_doubt_lane after update on delivery
  for each row when (old.state in ('sending', 'unsure') and new.state = 'superseded' and new.unsure_since is not null and new.build_id is not null)
  execute function doubt_lane();

-- A system says whether a gate is open.
create function hear(p_gate orderweir.gate, p_open boolean, p_by text, p_reason text, p_evidence jsonb) returns void language plpgsql as $$
begin
  if p_open and p_gate.opened_at is null then
    perform orderweir.let_through(g, p_by, p_reason, p_evidence, p_gate) from orderweir.same_gates(p_gate) as g where g.opened_at is null;
  elsif not p_open and p_gate.opened_by = p_by then
    perform orderweir.shut(g, p_by, p_reason, p_evidence) from orderweir.same_gates(p_gate) as g where g.opened_by = p_by;
  end if;
end $$;

-- Closes a gate again: a refund, a dispute, a new drawing, a mistake. What waits, waits; what is claimed and has not left is taken back; what
-- was sent is cancelled.
create function close_gate(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.take_gate(p_build, p_order, p_line, p_gate);
  cancels int;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why gate % is closed: the reason stays with the line.', p_gate using errcode = 'OW400';
  end if;
  if taken.opened_at is null and taken.proposed_at is null then
    return orderweir.gate_answer(taken, format('Gate %s is closed already.', p_gate)) || jsonb_build_object('cancels', 0);
  end if;
  select coalesce(sum(orderweir.shut(g, p_by, p_reason, p_evidence)), 0) into cancels
  from orderweir.same_gates(taken) as g where g.opened_at is not null or g.proposed_at is not null;
  select * into taken from orderweir.gate where build_id = taken.build_id and name = p_gate;
  return orderweir.gate_answer(taken, format('Gate %s is closed. %s', p_gate,
      case cancels when 0 then 'The line waits.' else 'Its request had gone out and is cancelled.' end)) || jsonb_build_object('cancels', cancels);
end $$;

-- Puts what waits behind a gate into the Error Hold bin: nobody will open it as it is.
create function hold_at_gate(p_gate orderweir.gate, p_kind text, p_sentence text) returns int language plpgsql as $$
declare
  held int;
begin
  with stopped as (
    update orderweir.delivery set state = 'held', reason = p_kind
    where build_id = p_gate.build_id and state = 'gated' and p_gate.name = any (behind)
    returning id, message_id, connection),
  told as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint)
    select message_id, id, p_kind, p_sentence, p_gate.name, concat_ws('|', connection, p_kind, p_gate.name) from stopped
    returning id)
  select count(*) into held from told;
  return held;
end $$;

-- What waits in the Error Hold bin because of a gate waits at the gate again.
create function lift_hold(p_gate orderweir.gate) returns void language plpgsql as $$
begin
  update orderweir.delivery d set state = 'gated', reason = null
  where d.build_id = p_gate.build_id and d.state = 'held' and d.reason in ('gate-late', 'gate-refused') and d.closed_gates > 0
    and exists (select from orderweir.hold h where h.delivery_id = d.id and h.closed_at is null and h.path = p_gate.name);
end $$;

-- A person says that a gate will not be opened as it is.
create function refuse_gate(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.take_gate(p_build, p_order, p_line, p_gate);
  held int;
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why gate % is refused: the reason stays with the line.', p_gate using errcode = 'OW400';
  end if;
  if taken.opened_at is not null then
    raise exception 'Gate % is open. Close it instead, with a reason.', p_gate using errcode = 'OW409';
  end if;
  update orderweir.gate set proposed_at = null, proposed_by = null, evidence = null where build_id = taken.build_id and name = p_gate returning * into taken;
  held := orderweir.hold_at_gate(taken, 'gate-refused', format('Order %s: %s refused gate %s of line %s: %s. Open the gate when that is settled, or discard the line.',
    (select coalesce(e.name, e.key) from orderweir.build b join orderweir.entity e on e.id = b.entity_id where b.id = taken.build_id), p_by, p_gate,
    (select line_id from orderweir.build where id = taken.build_id), p_reason));
  if held = 0 then
    raise exception 'Nothing waits at gate % of this line.', p_gate using errcode = 'OW409';
  end if;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (taken.build_id, p_gate, 'refused', p_by, p_reason, p_evidence);
  return orderweir.gate_answer(taken, format('Gate %s is refused: the line is in the Error Hold bin.', p_gate));
end $$;

-- Gives a gate more time.
create function extend_gate(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_due timestamptz) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.take_gate(p_build, p_order, p_line, p_gate);
begin
  if coalesce(trim(p_reason), '') = '' then
    raise exception 'Say why gate % gets more time: the reason stays with the line.', p_gate using errcode = 'OW400';
  end if;
  if taken.opened_at is not null then
    raise exception 'Gate % is open; it has no deadline any more.', p_gate using errcode = 'OW409';
  end if;
  perform orderweir.lift_hold(taken);
  update orderweir.gate set due_at = p_due, late_at = null where build_id = taken.build_id and name = p_gate returning * into taken;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, due_at) values (taken.build_id, p_gate, 'extended', p_by, p_reason, p_due);
  return orderweir.gate_answer(taken, format('Gate %s has time until %s.', p_gate, orderweir.utc(p_due)));
end $$;

-- Finds gates that are past their deadline, each once; returns what a person should be told.
create function late_gates(p_at timestamptz default clock_timestamp()) returns setof text language plpgsql as $$
declare
  late record;
  taken orderweir.gate;
begin
  for late in
    select g.build_id, g.name, b.entity_id from orderweir.gate g join orderweir.build b on b.id = g.build_id
    where g.opened_at is null and g.late_at is null and g.due_at < p_at
    limit 200
  loop
    -- who is busy with the order may open it just now
    perform from orderweir.entity where id = late.entity_id for update skip locked;
    continue when not found;
    update orderweir.gate set late_at = p_at
    where build_id = late.build_id and name = late.name and opened_at is null and late_at is null and due_at < p_at
    returning * into taken;
    continue when not found or not exists (
      select from orderweir.delivery where build_id = late.build_id and state = 'gated' and late.name = any (behind));
    insert into orderweir.gate_decision (build_id, gate, at, decision, by, due_at) values (late.build_id, late.name, p_at, 'late', 'the deadline', taken.due_at);
    return next format('Order %s: gate %s of line %s was due at %s.', (select coalesce(name, key) from orderweir.entity where id = late.entity_id), late.name,
      (select line_id from orderweir.build where id = late.build_id), orderweir.utc(taken.due_at));
    if taken.held_when_late then
      perform orderweir.hold_at_gate(taken, 'gate-late', format('Order %s: gate %s of line %s was not opened until %s. Give it more time or open it, or discard the line.',
        (select coalesce(name, key) from orderweir.entity where id = late.entity_id), late.name,
        (select line_id from orderweir.build where id = late.build_id), orderweir.utc(taken.due_at)));
    end if;
  end loop;
end $$;
