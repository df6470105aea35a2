-- The open holds, newest first, a page at a time.
-- in: the last hold of the page before or null (twice), how many   out: one row per hold
select h.id, h.opened_at as "openedAt", h.reason, h.sentence, h.path, h.fingerprint, h.answer_status as "answerStatus",
       coalesce(e.name, e.key) as "order", e.key as "entityKey", h.message_id as message, h.delivery_id as delivery, d.connection, d.part,
       orderweir.entity_seen(e.id) as seen, case when p.raw is not null then p.canonical end as canonical,
       (select count(*) from orderweir.delivery w
        where w.entity_id = e.id and w.state in ('gated', 'ready') and w.id is distinct from h.delivery_id
          and (w.stopped or w.after_lane_id = d.lane_id)) as waiting
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.entity e on e.id = m.entity_id
left join orderweir.payload p on p.message_id = m.id
left join orderweir.delivery d on d.id = h.delivery_id
where h.closed_at is null and (h.opened_at, h.id) < (
    coalesce((select l.opened_at from orderweir.hold l where l.id = ?::bigint), 'infinity'), coalesce(?::bigint, 9223372036854775807))
order by h.opened_at desc, h.id desc
limit ?
