-- The open holds of one cause, newest first, a page at a time.
-- in: fingerprint, the last hold of the page before or null (twice), how many   out: one row per hold
select h.id, h.opened_at as "openedAt", h.reason, h.sentence, h.path, h.fingerprint, h.answer_status as "answerStatus", coalesce(h.owner, g.owner) as owner, coalesce(h.due_at, g.due_at) as "dueAt",
       case when greatest(h.snoozed_until, g.snoozed_until) > clock_timestamp() then greatest(h.snoozed_until, g.snoozed_until) end as "snoozedUntil",
       coalesce(e.name, e.key) as "order", e.key as "entityKey", h.message_id as message, h.delivery_id as delivery, d.connection, d.part
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.entity e on e.id = m.entity_id
left join orderweir.delivery d on d.id = h.delivery_id
left join orderweir.hold_group g on g.fingerprint = h.fingerprint
where h.closed_at is null and h.fingerprint = ?
  and (h.opened_at, h.id) < (
    coalesce((select l.opened_at from orderweir.hold l where l.id = ?::bigint), 'infinity'), coalesce(?::bigint, 9223372036854775807))
order by h.opened_at desc, h.id desc
limit ?
