-- What was discarded and not taken up again, the newest first, a page at a time; open: whether nothing newer took its place since.
-- in: the last one of the page before or null (twice), how many   out: one row each
select h.id, h.closed_at as "discardedAt", h.resolved_by as "by", substr(h.resolution, length('discarded: ') + 1) as why, h.sentence, h.path, h.fingerprint,
       coalesce(e.name, e.key) as "order", e.key as "entityKey", d.connection, d.part, p.canonical ->> 'totalPrice' as price, p.canonical ->> 'currency' as currency,
       case when h.delivery_id is null then m.state = 'discarded' and (e.message_id is null or e.message_id < m.id) else l.fingerprint is null end as open
from orderweir.hold h
join orderweir.message m on m.id = h.message_id
join orderweir.entity e on e.id = m.entity_id
left join orderweir.payload p on p.message_id = m.id
left join orderweir.delivery d on d.id = h.delivery_id
left join orderweir.lane l on l.id = d.lane_id
where h.resolution like 'discarded:%' and h.taken_up_at is null and (h.closed_at, h.id) < (
    coalesce((select l.closed_at from orderweir.hold l where l.id = ?::bigint), 'infinity'), coalesce(?::bigint, 9223372036854775807))
order by h.closed_at desc, h.id desc
limit ?
