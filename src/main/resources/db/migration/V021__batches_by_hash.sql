-- What taking in a batch costs per record, found with auto_explain: joins of a batch with itself by loops (they grow with its square, over rows that
-- carry the whole body), rows that are written and written again in one transaction (each time with all their indexes and foreign keys),
-- and functions in SQL, which PostgreSQL 17 plans anew in every query that calls them.
--
-- A batch is joined with itself by hash. So that no plan made while the tables were small reads all of one, each table such a statement reads
-- stands behind "offset 0", which leaves an index alone, or is bounded by the keys it is given.

-- what is written twice in one transaction finds room on its page, and no index is touched
alter table entity set (fillfactor = 50);
alter table lane set (fillfactor = 50);

-- counted: the deliveries that message.planned counts already
alter type plan add attribute counted int;

-- the bytes of a record come beside it: as text within it they were written, read and copied several times
drop function append(text, int, jsonb);
drop function append_round;
alter type event drop attribute raw;

-- Takes one batch of one partition into the ledger, in one transaction, under the locks of its entities; records as in V003, but for raw:
-- p_bodies has the bytes of each record, in the order of their offsets.
-- Returns the next offset. Errors: OW001 the partition was never assigned, OW002 the batch has a gap, or begins behind one.
create function append(p_topic text, p_partition int, p_records jsonb, p_bodies bytea[]) returns bigint language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  place bigint;
  first bigint := (p_records -> 0 ->> 'offset')::bigint;
  misplaced bigint;
  fresh orderweir.event[];
  round orderweir.event[];
begin
  select next_offset into place from orderweir.intake where topic = p_topic and partition = p_partition for update;
  if not found then
    raise exception 'partition % of % has no intake row', p_partition, p_topic using errcode = 'OW001';
  end if;

  select coalesce(array_agg(e order by e."offset"), '{}') into fresh
  from jsonb_populate_recordset(null::orderweir.event, p_records) as e
  where e."offset" >= place;
  select e.n into misplaced from (select f."offset", row_number() over (order by f."offset") as n from unnest(fresh) as f) as e
  where e."offset" <> place + e.n - 1 order by e.n limit 1;
  if found then
    raise exception 'partition % of %: record % expected, % read', p_partition, p_topic, place + misplaced - 1, fresh[misplaced]."offset" using errcode = 'OW002';
  end if;

  -- every entity of the batch, in one order for all who append: no two batches can wait for each other
  insert into orderweir.entity (connection, type, key, name)
  select distinct on (connection, type, entity_key) connection, type, entity_key, name from unnest(fresh) order by connection, type, entity_key, "offset"
  on conflict (connection, type, key) do nothing;
  perform from (select distinct connection, type, entity_key from unnest(fresh) order by 1, 2, 3) as f
  cross join lateral (
    select from orderweir.entity e where (e.connection, e.type, e.key) = (f.connection, f.type, f.entity_key) for update) e;

  for round in
    select array_agg(r.e order by (r.e)."offset")
    from (select e, row_number() over (partition by e.connection, e.type, e.entity_key order by e."offset") as n from unnest(fresh) as e) as r
    group by r.n
    order by r.n
  loop
    perform orderweir.append_round(p_topic, p_partition, round, first, p_bodies);
  end loop;

  update orderweir.intake set next_offset = place + cardinality(fresh), records = records + cardinality(fresh)
  where topic = p_topic and partition = p_partition;
  return place + cardinality(fresh);
end $$;

-- Writes records of different entities: a repeat is counted, an older version is set aside, a newer one is the entity's. Returns the messages that are news.
create function take_in(p_topic text, p_partition int, p_events orderweir.event[], p_first bigint, p_bodies bytea[]) returns bigint[] language plpgsql
set enable_seqscan = off set enable_nestloop = off set enable_hashjoin = on set enable_mergejoin = off set jit = off as $$
declare
  taken bigint[];
begin
  with seen as materialized (
    -- the same delivery to us again, or the same operation brought by another delivery
    select e."offset", e.ce_id, e.connection, e.type, e.name, e.correlation_id, e.captured_at, e.version, e.hash, e.note, e.hold,
           coalesce(jsonb_array_length(e.deliveries), 0) as deliveries, known.id as entity_id, coalesce(e.version < known.version, false) as outdated,
           coalesce(same.id, case when e.hold is null and (known.version, known.hash) = (e.version, e.hash) then known.message_id end) as repeats
    from unnest(p_events) as e
    left join lateral (
      select id, version, hash, message_id from orderweir.entity where (connection, type, key) = (e.connection, e.type, e.entity_key) offset 0) known on true
    left join lateral (select id from orderweir.message where ce_id = e.ce_id offset 0) same on true),
  repeated as (
    update orderweir.message m
    set repeats = m.repeats + s.times
    from (select repeats, count(*) as times from seen where repeats is not null group by repeats) s
    where m.id = s.repeats and m.id = any(array(select repeats from seen where repeats is not null))),
  appended as (
    insert into orderweir.message (state, type, connection, entity_id, version, reason, captured_at, topic, partition, "offset", ce_id, correlation_id, hash, planned)
    select state, type, connection, entity_id, version,
           case when state = 'superseded' then 'a newer version is known' else coalesce(hold ->> 'reason', note) end,
           captured_at, p_topic, p_partition, "offset", ce_id, correlation_id, hash, case when state = 'planned' then deliveries else 0 end
    from seen
    cross join lateral (
      select case when outdated then 'superseded' when hold is not null then 'held' when note is not null then 'noted' else 'planned' end as state) s
    where repeats is null
    order by "offset"
    returning id, "offset", state),
  kept as (
    insert into orderweir.payload (message_id, canonical, raw)
    select a.id, e.canonical, b.body
    from appended a
    join unnest(p_events) as e using ("offset")
    join unnest(p_bodies) with ordinality as b (body, nth) on b.nth = a."offset" - p_first + 1),
  held as (
    insert into orderweir.hold (message_id, reason, sentence, path, fingerprint)
    select a.id, s.hold ->> 'reason', s.hold ->> 'sentence', s.hold ->> 'path', concat_ws('|', s.connection, s.hold ->> 'reason', s.hold ->> 'path')
    from appended a join seen s using ("offset")
    where a.state = 'held'),
  newest as (
    update orderweir.entity k
    set name = coalesce(s.name, k.name),
        version = case when a.state = 'held' then k.version else s.version end,
        hash = case when a.state = 'held' then k.hash else s.hash end,
        message_id = case when a.state = 'held' then k.message_id else a.id end
    from appended a join seen s using ("offset")
    where k.id = s.entity_id and k.id = any(array(select entity_id from seen where repeats is null)) and a.state <> 'superseded')
  select array_agg(id) into taken from appended where state <> 'superseded';
  return taken;
end $$;

-- Records of different entities: what is news takes the place of what waits.
create function append_round(p_topic text, p_partition int, p_events orderweir.event[], p_first bigint, p_bodies bytea[]) returns void language plpgsql as $$
declare
  taken bigint[] := orderweir.take_in(p_topic, p_partition, p_events, p_first, p_bodies);
begin
  perform orderweir.close_message_holds(m.entity_id, m.id) from orderweir.message m
  where m.id = any(taken) and exists (select from orderweir.message h where h.entity_id = m.entity_id and h.state = 'held' and h.id < m.id);
  perform orderweir.plan_messages(array(
    select row(m.entity_id, m.id, e.deliveries, m.planned)::orderweir.plan
    from unnest(p_events) as e
    join orderweir.message m on m.ce_id = e.ce_id
    where m.id = any(taken) and m.state = 'planned'
    order by m.id));
  perform orderweir.refresh_waits(array(select entity_id from orderweir.message where id = any(taken)));
end $$;

-- Plans every delivery of one message, besides those it has.
create or replace function plan_message(p_entity bigint, p_message bigint, p_deliveries jsonb) returns void language plpgsql as $$
begin
  perform orderweir.plan_messages(array[row(p_entity, p_message, p_deliveries, 0)::orderweir.plan]);
end $$;

-- Writes what is planned into the lanes, and counts it at its messages; a message that changes nothing for any target is noted.
create function place(p_wanted orderweir.wanted[], p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_nestloop = off set enable_hashjoin = on set enable_mergejoin = off set jit = off as $$
begin
  with placed as materialized (
    select w.*, l.last_seq + 1 as seq, l.quiet_at, f.in_flight, c.closed,
           case
             when w.cancel and not f.in_flight and l.remote_id is null and not l.doubtful then 'superseded'
             when w.hold is not null then 'held'
             when c.closed > 0 then 'gated'
             else 'ready'
           end as state
    from unnest(p_wanted) as w
    left join lateral (select last_seq, quiet_at, remote_id, doubtful from orderweir.lane where id = w.lane_id offset 0) l on true
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

  perform orderweir.place(wanted, p_plans);

  perform orderweir.give_turn(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
  perform orderweir.take_back_others(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
  perform orderweir.weigh_together(w.entity_id) from (select distinct entity_id from unnest(wanted) where class is not null and notice is null order by 1) w;
end $$;

-- Whether anything is still asked for a build: the newest of one of its lanes, or what a closed gate cancels until it opens again.
create or replace function is_planned(p_build bigint) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id and l.last_seq = d.seq
    where d.build_id = p_build and d.notice is null and d.state <> 'discarded');
end $$;

-- Where an order is shipped together, each of its builds has a gate with the rule {together}: it is open while nothing of the order waits at another gate.
create or replace function weigh_together(p_entity bigint) returns void language plpgsql as $$
declare
  waits text;
  built bigint;
  gate orderweir.gate;
begin
  if not exists (select from orderweir.build b join orderweir.gate g on g.build_id = b.id where b.entity_id = p_entity and g.rule ? 'together') then
    return;
  end if;
  select string_agg(format('gate %s of line %s', g.name, b.line_id), ', ' order by b.line_id, g.name) into waits
  from orderweir.build b join orderweir.gate g on g.build_id = b.id
  where b.entity_id = p_entity and g.opened_at is null and not g.rule ? 'together' and orderweir.is_planned(b.id);
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

-- What stands at a target while the newest of its lane waits at its gates is taken back: it was asked for in another configuration, or before the
-- order was cancelled and came back.
create or replace function take_back_others(p_build bigint) returns void language plpgsql as $$
begin
  perform orderweir.take_back(d)
  from orderweir.delivery n
  join orderweir.delivery d on d.lane_id = n.lane_id
  where n.build_id = p_build and n.state = 'gated' and d.seq < n.seq and not d.cancel and orderweir.stands(d);
end $$;
