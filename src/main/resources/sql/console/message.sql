-- What one captured event brought: its bytes, and what we made of it.
-- in: message   out: raw (base64) and canonical are null when they were removed after the retention
select m.id, m.type, m.state, m.reason, m.connection, e.name as "order", e.key as "entityKey", m.captured_at as "capturedAt", m.appended_at as "appendedAt",
       m.ce_id as "ceId", m.correlation_id as "correlationId", m.repeats, p.raw, case when p.raw is not null then p.canonical end as canonical
from orderweir.message m
join orderweir.entity e on e.id = m.entity_id
left join orderweir.payload p on p.message_id = m.id
where m.id = ?
