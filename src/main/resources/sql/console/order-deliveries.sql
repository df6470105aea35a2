-- Where an order is now: the newest delivery of each lane.
-- in: entity   out: one row per lane
select distinct on (l.id) d.id as delivery, d.connection, d.port, d.part, d.state, d.stopped, d.waits_after as "waitsAfter",
       d.closed_gates as "closedGates", d.attempts, d.due_at as "dueAt", d.reason, l.remote_id as "remoteId", orderweir.lane_reference(l, d.external_id) as "externalId",
       d.cancel, d.seq,
       (select string_agg(g.kept_by, ', ') from orderweir.gate g where g.build_id = d.build_id and g.opened_at is null and g.name = any (d.behind)) as "keptBy"
from orderweir.lane l
join orderweir.delivery d on d.lane_id = l.id
where l.entity_id = ?
order by l.id, d.seq desc
