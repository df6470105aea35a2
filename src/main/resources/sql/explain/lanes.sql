-- Why each lane of an entity is as it is: what is wanted there, what is there, and what happens next. Times are in UTC, as text.
-- in: entity   out: one row per lane, in the order in which they were planned first
select l.connection, l.port, l.part, l.role,
       -- wanted: by the newest that was planned for it
       n.cancel, n.notice, n.build_id is not null as built, jsonb_array_length(n.line_ids) as lines,
       orderweir.utc(coalesce(w.version, w.captured_at)) as version,
       case when w.id < e.message_id then orderweir.utc(coalesce(v.version, v.captured_at)) end as "unchangedSince",
       g.closed, g.opened,
       -- there: what the target is known to have
       l.remote_id as "remoteId", l.doubtful, l.legacy_key as "legacyKey", s.cancel as "takenBack", orderweir.utc(s.done_at) as "thereSince", orderweir.utc(s.version) as "thereVersion",
       -- next: what happens to the first that has not ended, or what became of the newest
       coalesce(h.state, n.state) as state, coalesce(h.reason, n.reason) as reason, coalesce(h.cancel, n.cancel) as "nextCancels", coalesce(h.notice, n.notice) is not null as "nextTells",
       orderweir.utc(n.done_at) as "endedAt", b.behind, h.attempts, orderweir.utc(h.unsure_since) as "unsureSince", h.looks,
       case when h.id <> n.id then orderweir.utc(coalesce(w.version, w.captured_at)) end as "thenVersion", n.cancel and h.id <> n.id as "thenCancels",
       case when h.due_at > clock_timestamp() then orderweir.utc(h.due_at) end as "dueAt",
       case when h.waits_after then a.connection || ' ' || a.port end as "after", a.remote_id is not null and a.read_at is not null as unread,
       case when h.stopped then o.held end as held, t.since as "heldSince", t.reason as cause,
       orderweir.utc(c.paused_at) as "pausedAt", c.reason as "pausedBecause", orderweir.utc(c.away_since) as "awaySince",
       case when c.opens_at > clock_timestamp() then orderweir.utc(c.opens_at) end as "opensAt"
from orderweir.lane l
join orderweir.entity e on e.id = l.entity_id
left join orderweir.message v on v.id = e.message_id
join lateral (
  -- a cancel that was taken back is the newest there, and not what is wanted
  select d.* from orderweir.delivery d where d.lane_id = l.id order by d.cancel = l.cancelled desc, d.seq desc limit 1) n on true
join orderweir.message w on w.id = n.message_id
left join lateral (
  select d.* from orderweir.delivery d where d.lane_id = l.id and d.state in ('gated', 'ready', 'sending', 'unsure', 'held') order by d.seq limit 1) h on true
left join lateral (
  select d.cancel, d.done_at, coalesce(m.version, m.captured_at) as version
  from orderweir.delivery d join orderweir.message m on m.id = d.message_id
  where d.lane_id = l.id and d.state in ('delivered', 'confirmed')
  order by d.seq desc limit 1) s on true
cross join lateral (
  -- a cancel, and what is told while something is closed, depend on every gate of the build
  select string_agg(g.name || coalesce(' (until ' || orderweir.utc(g.due_at) || ')', ''), ', ' order by g.name) filter (where g.opened_at is null and (n.cancel or n.notice = 'closed' or g.name = any (n.behind))) as closed,
         string_agg(g.name || ' (' || g.opened_by || ')', ', ' order by g.name) filter (where g.opened_at is not null and g.name = any (n.behind)) as opened
  from orderweir.gate g where g.build_id = n.build_id) g
cross join lateral (
  select string_agg(g.name || coalesce(' (until ' || orderweir.utc(g.due_at) || ')', '') || coalesce(' (' || g.kept_by || ')', ''), ', ' order by g.name) as behind
  from orderweir.gate g where g.build_id = h.build_id and g.name = any (h.behind) and g.opened_at is null) b
left join orderweir.lane a on a.id = h.after_lane_id
left join lateral (
  select orderweir.utc(x.opened_at) as since, x.reason from orderweir.hold x where x.delivery_id = h.id and x.closed_at is null order by x.id desc limit 1) t on true
left join lateral (
  select coalesce(
    (select x.connection || ' ' || x.port from orderweir.delivery x where x.entity_id = l.entity_id and x.state = 'held' and x.notice is null order by x.id limit 1), 'a newer event') as held) o on true
left join orderweir.connection_state c on c.connection = l.connection
where l.entity_id = ? and l.last_seq > 0
order by l.id
