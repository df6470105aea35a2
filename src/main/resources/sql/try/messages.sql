-- The newest captured messages of some connections whose bytes are still kept.
-- in: connections, most   out: name, connection, type, entity, topic, partition, offset, delivery, correlation, capturedAt and raw of each, the newest first
select coalesce(e.name, e.key) as name, m.connection, m.type, e.key as entity, m.topic, m.partition, m."offset", m.ce_id as delivery, m.correlation_id as correlation,
       to_char(m.captured_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "capturedAt", p.raw
from orderweir.message m
join orderweir.entity e on e.id = m.entity_id
join orderweir.payload p on p.message_id = m.id
where m.connection = any(?::text[]) and p.raw is not null
order by m.id desc
limit ?::int
