-- Writes records of different entities: a repeat is counted, an older version is set aside, a newer one is the entity's. Returns the messages that are news.
create or replace function message_take_in(p_topic text, p_partition int, p_events orderweir.event[], p_first bigint, p_bodies bytea[]) returns bigint[] language plpgsql
set enable_seqscan = off set enable_nestloop = off set enable_hashjoin = on set enable_mergejoin = off set jit = off as $$
declare
  taken bigint[];
begin
  with seen as materialized (
    -- the same delivery to us again, or the same operation brought by another delivery
    select e."offset", e.ce_id, e.connection, e.type, e.name, e.correlation_id, e.captured_at, e.triggered_at, e.version, e.hash, e.note, e.hold,
           coalesce(jsonb_array_length(e.deliveries), 0) as deliveries, known.id as entity_id,
           coalesce(orderweir.message_is_older(e.version, e.canonical ->> 'status' = 'cancelled', e.triggered_at, newest.id), false) as outdated,
           coalesce(same.id, case when e.hold is null and (known.version, known.hash) = (e.version, e.hash) then known.message_id end) as repeats
    from unnest(p_events) as e
    left join lateral (
      select id, version, hash, message_id from orderweir.entity where (connection, type, key) = (e.connection, e.type, e.entity_key) offset 0) known on true
    left join lateral (select id from orderweir.message where ce_id = e.ce_id offset 0) same on true
    -- what is at least as new stands at the entity, or is held
    left join lateral (
      (select id, version from orderweir.message where id = known.message_id and version >= e.version)
      union all
      (select id, version from orderweir.message where entity_id = known.id and state = 'held' and version >= e.version)
      order by version desc, id desc limit 1) newest on true),
  repeated as (
    update orderweir.message m
    set repeats = m.repeats + s.times
    from (select repeats, count(*) as times from seen where repeats is not null group by repeats) s
    where m.id = s.repeats and m.id = any(array(select repeats from seen where repeats is not null))),
  appended as (
    insert into orderweir.message (state, type, connection, entity_id, version, reason, captured_at, triggered_at, topic, partition, "offset", ce_id, correlation_id, hash, planned)
    select state, type, connection, entity_id, version,
           case when state = 'superseded' then 'a newer version is known' else coalesce(hold ->> 'reason', note) end,
           captured_at, triggered_at, p_topic, p_partition, "offset", ce_id, correlation_id, hash, case when state = 'planned' then deliveries else 0 end
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
