-- What was discarded, and the newest event of its order, or the event itself where that was not understood.
-- in: hold   out: one row, or none
select h.id, h.delivery_id as "deliveryId", n.id as "messageId", h.resolution like 'discarded:%' as discarded, h.resolution,
       n.topic, n.partition, n."offset", n.ce_id as "ceId", n.connection, n.type, n.correlation_id as "correlationId",
       orderweir.utc(n.captured_at) as "capturedAt", e.key as "entityKey", p.raw
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.entity e on e.id = m.entity_id
join orderweir.message n on n.id = case when h.delivery_id is null then m.id else coalesce(e.message_id, m.id) end
left join orderweir.payload p on p.message_id = n.id
where h.id = :#${variable.hold}::bigint
