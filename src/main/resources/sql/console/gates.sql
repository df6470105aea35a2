-- The gates that lines wait at, those first that are due first, a page at a time; the rest of one page begins after the place of its last row.
-- in: gate or null for all, and of the place: due (or null for the first page), build, gate; how many   out: one row per gate
with recursive
  asked as materialized (
    select ?::text as gate, coalesce(?::timestamptz, '-infinity') as due, ?::bigint as build, ?::text as name, ?::int as most),
  known as (
    (select g.name from orderweir.gate g where g.waited_for order by g.name limit 1)
    union all
    select (select g.name from orderweir.gate g where g.waited_for and g.name > k.name order by g.name limit 1) from known k where k.name is not null),
  due as materialized (
    select w.build_id, w.name, w.due
    from asked a
    cross join known k
    cross join lateral (
      select g.build_id, g.name, coalesce(g.due_at, 'infinity') as due
      from orderweir.gate g
      where g.waited_for and g.name = k.name and (coalesce(g.due_at, 'infinity'), g.build_id) >= (a.due, a.build)
        and (coalesce(g.due_at, 'infinity'), g.build_id, g.name) > (a.due, a.build, a.name)
      order by coalesce(g.due_at, 'infinity'), g.build_id
      limit a.most) w
    where a.gate is null or k.name = a.gate
    order by w.due, w.build_id, w.name
    limit (select most from asked))
select g.build_id as build, g.name as gate, b.class, coalesce(e.name, e.key) as "order", e.key as "entityKey", b.line_id as line,
       b.created_at as since, g.due_at as "dueAt", g.late_at as "lateSince", g.persons, to_jsonb(g.people) as people, g.rule as "openedBy",
       g.proposed_by as "proposedBy", g.proposed_at as "proposedAt", g.evidence, g.kept_by as "keptBy",
       (select jsonb_agg(distinct d.connection) from orderweir.delivery d where d.build_id = b.id and d.state in ('gated', 'held') and g.name = any (d.behind)) as asks,
       (select i.item from orderweir.payload p cross join lateral jsonb_array_elements(p.canonical -> 'lineItems') as i (item)
        where p.message_id = (select max(d.message_id) from orderweir.delivery d where d.build_id = b.id) and i.item ->> 'id' = b.line_id limit 1) as item,
       concat_ws('~', case when u.due = 'infinity' then 'never' else to_char(u.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end, g.build_id, g.name) as place
from due u
join orderweir.gate g on (g.build_id, g.name) = (u.build_id, u.name)
join orderweir.build b on b.id = g.build_id
join orderweir.entity e on e.id = b.entity_id
order by u.due, u.build_id, u.name
