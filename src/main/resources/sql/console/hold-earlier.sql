-- The holds an order had before this one, newest first.
-- in: hold   out: one row per hold
select o.id, o.opened_at as "openedAt", o.closed_at as "closedAt", o.sentence, o.resolution, o.resolved_by as "resolvedBy"
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.message s on s.entity_id = m.entity_id
join orderweir.hold o on o.message_id = s.id and o.id < h.id
where h.id = ?
order by o.id desc
limit 50
