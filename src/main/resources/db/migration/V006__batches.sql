-- A batch is taken in by statements that each handle many records: a statement's own cost (its start, the check constraints it reads,
-- the indexes it opens) is several times that of a row. Records of one entity come one after the other, in rounds.
--
-- A plan that was made while the tables were small is kept while they grow, so that no statement here may leave the planner a choice:
-- without hash and merge joins a left join is a loop in the order it is written in, and an update is bounded by the keys it is given.
-- Whoever calls a function first in a session makes its plans, so each function that may come first says so itself.

drop function append_record;
drop function plan_delivery;

-- One record as process writes it: see append of V003.
create type event as (
  "offset" bigint, ce_id text, connection text, type text, entity_key text, name text, correlation_id text,
  captured_at timestamptz, raw text, version timestamptz, hash text, canonical jsonb, note text, hold jsonb, deliveries jsonb);

-- What a new message asks for, under the lock of its entity.
create type plan as (entity_id bigint, message_id bigint, deliveries jsonb);

-- A delivery as process plans it, and whose it is.
create type wanted as (
  entity_id bigint, message_id bigint, lane_id bigint, after_lane_id bigint, connection text, port text, part text, external_id text, priority smallint,
  goods_moving boolean, cancel boolean, after jsonb, line_ids jsonb, gates jsonb, gate_basis text, fingerprint text, hold jsonb);

-- Takes one batch of one partition into the ledger, in one transaction, under the locks of its entities; records as in V003.
-- Returns the next offset. Errors: OW001 the partition was never assigned, OW002 the batch has a gap, or begins behind one.
create or replace function append(p_topic text, p_partition int, p_records jsonb) returns bigint language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  place bigint;
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
  insert into orderweir.entity (connection, type, key)
  select distinct connection, type, entity_key from unnest(fresh) order by 1, 2, 3
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
    perform orderweir.append_round(p_topic, p_partition, round);
  end loop;

  update orderweir.intake set next_offset = place + cardinality(fresh), records = records + cardinality(fresh)
  where topic = p_topic and partition = p_partition;
  return place + cardinality(fresh);
end $$;

-- Records of different entities: a repeat is counted, an older version is set aside, a newer one takes the place of what waits.
create function append_round(p_topic text, p_partition int, p_events orderweir.event[]) returns void language plpgsql as $$
declare
  taken bigint[];
begin
  with seen as materialized (
    -- the same delivery to us again, or the same operation brought by another delivery
    select e.*, known.id as entity_id, coalesce(e.version < known.version, false) as outdated,
           coalesce(same.id, case when e.hold is null and (known.version, known.hash) = (e.version, e.hash) then known.message_id end) as repeats
    from unnest(p_events) as e
    left join orderweir.entity known on (known.connection, known.type, known.key) = (e.connection, e.type, e.entity_key)
    left join orderweir.message same on same.ce_id = e.ce_id),
  repeated as (
    update orderweir.message m
    set repeats = m.repeats + s.times
    from (select repeats, count(*) as times from seen where repeats is not null group by repeats) s
    where m.id = s.repeats and m.id = any(array(select repeats from seen))),
  appended as (
    insert into orderweir.message (state, type, connection, entity_id, version, reason, captured_at, topic, partition, "offset", ce_id, correlation_id, hash)
    select case when outdated then 'superseded' when hold is not null then 'held' when note is not null then 'noted' else 'planned' end,
           type, connection, entity_id, version,
           case when outdated then 'a newer version is known' else coalesce(hold ->> 'reason', note) end,
           captured_at, p_topic, p_partition, "offset", ce_id, correlation_id, hash
    from seen
    where repeats is null
    order by "offset"
    returning id, "offset", state),
  kept as (
    insert into orderweir.payload (message_id, canonical, raw)
    select a.id, s.canonical, decode(s.raw, 'base64')
    from appended a join seen s using ("offset")),
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
    where k.id = s.entity_id and k.id = any(array(select entity_id from seen)) and a.state <> 'superseded')
  select array_agg(id) into taken from appended where state <> 'superseded';

  perform orderweir.close_message_holds(m.entity_id, m.id) from orderweir.message m
  where m.id = any(taken) and exists (select from orderweir.message h where h.entity_id = m.entity_id and h.state = 'held' and h.id < m.id);
  perform orderweir.plan_messages(array(
    select row(m.entity_id, m.id, e.deliveries)::orderweir.plan
    from unnest(p_events) as e
    join orderweir.message m on m.ce_id = e.ce_id
    where m.id = any(taken) and m.state = 'planned'
    order by m.id));
  perform orderweir.refresh_waits(array(select entity_id from orderweir.message where id = any(taken)));
end $$;

-- Plans every delivery of one message.
create or replace function plan_message(p_entity bigint, p_message bigint, p_deliveries jsonb) returns void language plpgsql as $$
begin
  perform orderweir.plan_messages(array[row(p_entity, p_message, p_deliveries)::orderweir.plan]);
end $$;

-- Plans every delivery of messages of different entities; what a target has, or will have, already is not planned again, and a message that
-- changes nothing for any target is noted.
create function plan_messages(p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  wanted orderweir.wanted[];
begin
  select array_agg(row(p.entity_id, p.message_id, null, null, d.connection, d.port, d.part, d.external_id, d.priority, d.goods_moving, d.cancel,
    d.after, d.line_ids, d.gates, d.gate_basis, d.fingerprint, d.hold)::orderweir.wanted)
  into wanted
  from unnest(p_plans) as p
  cross join jsonb_populate_recordset(null::orderweir.wanted, p.deliveries) as d;

  insert into orderweir.lane (entity_id, connection, part)
  select entity_id, connection, part from unnest(wanted)
  union
  select entity_id, after ->> 'connection', after ->> 'part' from unnest(wanted) where after is not null
  order by 1, 2, 3
  on conflict (entity_id, connection, part) do nothing;

  select array_agg(row(w.entity_id, w.message_id, l.id, a.id, w.connection, w.port, w.part, w.external_id, w.priority, w.goods_moving, w.cancel,
    w.after, w.line_ids, w.gates, w.gate_basis, w.fingerprint, w.hold)::orderweir.wanted)
    filter (where (l.fingerprint, l.cancelled) is distinct from (w.fingerprint, w.cancel))
  into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on (l.entity_id, l.connection, l.part) = (w.entity_id, w.connection, w.part)
  left join orderweir.lane a on (a.entity_id, a.connection, a.part) = (w.entity_id, w.after ->> 'connection', w.after ->> 'part');

  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(),
      reason = case when w.cancel then 'the order was cancelled' else 'newer version from the shop' end
  from unnest(wanted) as w
  where d.lane_id = w.lane_id and d.lane_id = any(array(select lane_id from unnest(wanted))) and d.state in ('gated', 'ready', 'held');

  with placed as materialized (
    select w.*, l.last_seq + 1 as seq, l.quiet_at, f.in_flight, older.id as older, c.closed,
           case
             when w.cancel and not f.in_flight and l.remote_id is null and not l.doubtful then 'superseded'
             when w.hold is not null then 'held'
             when c.closed > 0 then 'gated'
             else 'ready'
           end as state
    from unnest(wanted) as w
    left join orderweir.lane l on l.id = w.lane_id
    cross join lateral (
      select exists (select from orderweir.delivery d where d.lane_id = w.lane_id and d.state in ('sending', 'unsure') offset 0) as in_flight) f
    -- gates already open stay open while what they were opened for is unchanged
    left join lateral (
      select d.id from orderweir.delivery d where d.lane_id = w.lane_id and d.gate_basis = w.gate_basis order by d.id desc limit 1) older on true
    cross join lateral (
      select count(*) as closed from jsonb_array_elements_text(w.gates) as g (name)
      where not exists (select from orderweir.gate o where o.delivery_id = older.id and o.name = g.name and o.opened_at is not null)) c),
  planned as (
    insert into orderweir.delivery (message_id, entity_id, lane_id, after_lane_id, seq, head, closed_gates, waits_after, state, done_at, reason,
      connection, port, part, external_id, priority, goods_moving, cancel, due_at, line_ids, fingerprint, gate_basis)
    select message_id, entity_id, lane_id, after_lane_id, seq, not in_flight and state <> 'superseded',
           case when state in ('gated', 'held') then closed else 0 end,
           -- until refresh_waits finds that it need not
           after_lane_id is not null and state in ('gated', 'ready'),
           state, case when state = 'superseded' then clock_timestamp() end,
           case state when 'superseded' then 'cancelled before anything was sent' when 'held' then hold ->> 'reason' end,
           connection, port, part, external_id, priority, goods_moving, cancel, greatest(clock_timestamp(), quiet_at), line_ids, fingerprint, gate_basis
    from placed
    order by message_id
    returning id, lane_id, message_id),
  remembered as (
    update orderweir.lane l
    set last_seq = p.seq, fingerprint = p.fingerprint, cancelled = p.cancel
    from placed p
    where l.id = p.lane_id and l.id = any(array(select lane_id from placed))),
  waiting as (
    insert into orderweir.gate (delivery_id, name, opened_at, opened_by, evidence)
    select d.id, g.name, o.opened_at, o.opened_by, o.evidence
    from planned d
    join placed p using (lane_id)
    cross join jsonb_array_elements_text(p.gates) as g (name)
    left join lateral (
      select opened_at, opened_by, evidence from orderweir.gate where delivery_id = p.older and name = g.name offset 0) o on true),
  held as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint)
    select d.message_id, d.id, p.hold ->> 'reason', p.hold ->> 'sentence', p.hold ->> 'path',
           concat_ws('|', p.connection, p.hold ->> 'reason', p.hold ->> 'path')
    from planned d
    join placed p using (lane_id)
    where p.hold is not null and not p.cancel)
  update orderweir.message m
  set planned = n.plans,
      state = case when n.plans = 0 then 'noted' else 'planned' end,
      reason = case when n.plans = 0 then 'nothing changed for any target' end
  from (
    select p.message_id, count(d.id) as plans from unnest(p_plans) as p left join planned d using (message_id) group by p.message_id) n
  where m.id = n.message_id and m.id = any(array(select message_id from unnest(p_plans)));
end $$;

-- Recomputes, for what is unsent of these entities, whether it waits for another target and whether a hold stops it.
create function refresh_waits(p_entities bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  update orderweir.delivery d
  set stopped = s.stopped, waits_after = s.waits_after
  from (
    select w.id,
           exists (select from orderweir.message m where m.entity_id = w.entity_id and m.state = 'held')
           or w.goods_moving and exists (
             select from orderweir.delivery h where h.entity_id = w.entity_id and h.state = 'held' and h.id <> w.id) as stopped,
           w.after_lane_id is not null and (a.remote_id is null or exists (
             select from orderweir.delivery b
             where b.lane_id = w.after_lane_id and b.message_id <= w.message_id
               and b.state in ('gated', 'ready', 'sending', 'unsure', 'held'))) as waits_after
    from orderweir.delivery w
    left join orderweir.lane a on a.id = w.after_lane_id
    where w.entity_id = any(p_entities) and w.state in ('gated', 'ready')) s
  where d.id = s.id and (d.stopped, d.waits_after) is distinct from (s.stopped, s.waits_after);
end $$;

create or replace function refresh_waits(p_entity bigint) returns void language plpgsql as $$
begin
  perform orderweir.refresh_waits(array[p_entity]);
end $$;

-- what arrives is compressed before it is stored, and lz4 takes a fifth of the time of pglz
do $$
begin
  if 'lz4' = any (select unnest(enumvals) from pg_settings where name = 'default_toast_compression') then
    alter table orderweir.payload alter column canonical set compression lz4, alter column raw set compression lz4;
  end if;
end $$;
