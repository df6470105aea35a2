-- Everything a release needs to know of one hold, and the other documents of its order that are still on their way somewhere.
-- in: hold   out: one row, or none
select h.id, h.delivery_id as "deliveryId", h.message_id as "messageId", h.path, h.reason, orderweir.hold_closed_words(h) as closed,
       m.topic, m.partition, m."offset", m.ce_id as "ceId", m.connection, m.type, m.correlation_id as "correlationId",
       orderweir.utc(m.captured_at) as "capturedAt",
       e.key as "entityKey", orderweir.entity_seen(e.id) as seen,
       d.connection as target, d.port, d.part,
       p.raw, case when p.raw is not null then p.canonical::text end as canonical,
       (select coalesce(jsonb_agg(jsonb_build_object('message', o.message_id, 'canonical', o.canonical)), '[]')
        from orderweir.payload o
        where o.canonical is not null and o.message_id <> m.id and o.message_id in (
          select w.message_id from orderweir.delivery w
          where w.entity_id = e.id and w.state in ('gated', 'ready', 'sending', 'unsure', 'held')))::text as others
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.entity e on e.id = m.entity_id
left join orderweir.payload p on p.message_id = m.id
left join orderweir.delivery d on d.id = h.delivery_id
where h.id = :#${variable.hold}::bigint
