-- The board's columns: how many lines wait at each gate, since when, and how many are late.
-- in: nothing   out: one row per gate that something waits at
select g.name as gate, count(*) as lines, count(*) filter (where g.late_at is not null) as late, min(b.created_at) as since, min(g.due_at) as "dueAt"
from orderweir.gate g
join orderweir.build b on b.id = g.build_id
where g.opened_at is null
  and exists (select from orderweir.delivery d where d.build_id = b.id and d.state in ('gated', 'held') and g.name = any (d.behind))
group by g.name
order by min(g.due_at), g.name
