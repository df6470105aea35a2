-- What waits because of a hold: the order's other unsent deliveries that it stops, or that come after it.
-- in: hold   out: one row per delivery
select w.id as delivery, w.connection, w.part, w.state, w.stopped, w.waits_after as "waitsAfter", w.closed_gates as "closedGates"
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
left join orderweir.delivery d on d.id = h.delivery_id
join orderweir.delivery w on w.entity_id = m.entity_id and w.state in ('gated', 'ready') and w.id is distinct from h.delivery_id
  and (w.stopped or w.after_lane_id = d.lane_id)
where h.id = ? and h.closed_at is null
order by w.id
