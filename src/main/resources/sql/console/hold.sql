-- One hold with everything known of it.
-- in: hold   out: one row, or none
select h.id, h.opened_at as "openedAt", h.closed_at as "closedAt", h.resolution, h.resolved_by as "resolvedBy", h.taken_up_at as "takenUpAt", h.taken_up_by as "takenUpBy",
       h.reason, h.accept_by as "acceptBy", h.accept_why as "acceptWhy", h.sentence, h.path, h.fingerprint, h.answer_status as "answerStatus", h.answer,
       coalesce(h.owner, g.owner) as owner, coalesce(h.due_at, g.due_at) as "dueAt",
       case when greatest(h.snoozed_until, g.snoozed_until) > clock_timestamp() then greatest(h.snoozed_until, g.snoozed_until) end as "snoozedUntil",
       m.type, d.cancel, d.looked_at as "lookedAt",
       coalesce(e.name, e.key) as "order", e.key as "entityKey", orderweir.entity_seen(e.id) as seen,
       h.message_id as message, m.ce_id as "ceId", m.correlation_id as "correlationId", m.captured_at as "capturedAt",
       h.delivery_id as delivery, d.connection, d.port, d.part, d.state as "deliveryState", d.attempts, orderweir.lane_reference(l, d.external_id) as "externalId",
       d.remote_id as "remoteId", case when p.raw is not null then p.canonical end as canonical, p.raw
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.entity e on e.id = m.entity_id
left join orderweir.payload p on p.message_id = m.id
left join orderweir.delivery d on d.id = h.delivery_id
left join orderweir.lane l on l.id = d.lane_id
left join orderweir.hold_group g on g.fingerprint = h.fingerprint
where h.id = ?
