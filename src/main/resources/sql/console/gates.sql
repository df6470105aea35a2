-- The closed gates of lines that wait, those first that are due first, a page at a time.
-- in: gate or null for all (twice), how many, how many before   out: one row per gate
select g.build_id as build, g.name as gate, b.class, coalesce(e.name, e.key) as "order", e.key as "entityKey", b.line_id as line,
       b.created_at as since, g.due_at as "dueAt", g.late_at as "lateSince", g.persons, to_jsonb(g.people) as people, g.rule as "openedBy",
       g.proposed_by as "proposedBy", g.proposed_at as "proposedAt", g.evidence,
       (select jsonb_agg(distinct d.connection) from orderweir.delivery d where d.build_id = b.id and d.state in ('gated', 'held') and g.name = any (d.behind)) as asks,
       (select i.item from orderweir.payload p cross join lateral jsonb_array_elements(p.canonical -> 'lineItems') as i (item)
        where p.message_id = (select max(d.message_id) from orderweir.delivery d where d.build_id = b.id) and i.item ->> 'id' = b.line_id limit 1) as item
from orderweir.gate g
join orderweir.build b on b.id = g.build_id
join orderweir.entity e on e.id = b.entity_id
where g.opened_at is null and (?::text is null or g.name = ?)
  and exists (select from orderweir.delivery d where d.build_id = b.id and d.state in ('gated', 'held') and g.name = any (d.behind))
order by g.due_at, g.build_id, g.name
limit ? offset ?
