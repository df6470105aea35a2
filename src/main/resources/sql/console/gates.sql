-- The closed gates of lines that wait, the oldest first, a page at a time.
-- in: the last delivery and gate of the page before, or null (twice), how many   out: one row per gate
select g.delivery_id as delivery, g.name as gate, coalesce(e.name, e.key) as "order", e.key as "entityKey", d.part as line, d.connection,
       d.state, g.due_at as "dueAt", m.appended_at as since,
       (select i.item from orderweir.payload p cross join lateral jsonb_array_elements(p.canonical -> 'lineItems') as i (item)
        where p.message_id = m.id and i.item ->> 'id' = d.part limit 1) as item
from orderweir.gate g
join orderweir.delivery d on d.id = g.delivery_id
join orderweir.entity e on e.id = d.entity_id
join orderweir.message m on m.id = d.message_id
where g.opened_at is null and d.state in ('gated', 'held') and (g.delivery_id, g.name) > (coalesce(?::bigint, 0), coalesce(?::text, ''))
order by g.delivery_id, g.name
limit ?
