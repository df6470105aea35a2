-- One gate of one line with everything known of it.
-- in: build, gate   out: one row, or none
select g.build_id as build, g.name as gate, b.class, coalesce(e.name, e.key) as "order", e.key as "entityKey", b.line_id as line,
       b.created_at as since, g.due_at as "dueAt", g.late_at as "lateSince", g.persons, to_jsonb(g.people) as people, g.rule as "openedBy", g.lasting,
       g.proposed_by as "proposedBy", g.proposed_at as "proposedAt", g.opened_at as "openedAt", g.opened_by as "openedByWhom", g.evidence, g.kept_by as "keptBy",
       (select coalesce(jsonb_agg(jsonb_build_object('gate', o.name, 'openedAt', orderweir.utc(o.opened_at), 'openedBy', o.opened_by) order by o.name), '[]')
        from orderweir.gate o where o.build_id = b.id) as gates,
       (select i.item from orderweir.payload p cross join lateral jsonb_array_elements(p.canonical -> 'lineItems') as i (item)
        where p.message_id = (select max(d.message_id) from orderweir.delivery d where d.build_id = b.id) and i.item ->> 'id' = b.line_id limit 1) as item
from orderweir.gate g
join orderweir.build b on b.id = g.build_id
join orderweir.entity e on e.id = b.entity_id
where g.build_id = ? and g.name = ?
