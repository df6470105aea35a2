-- The board's columns: how many lines wait at each gate, since when, and how many are late; by running totals, however many wait.
-- in: nothing   out: one row per gate that something waits at
select t.gate, t.lines, t.late, o.since, f.due_at as "dueAt"
from (
  select place as gate, sum(n) as lines, coalesce(sum(n) filter (where state = 'late'), 0) as late
  from orderweir.tallied
  where book = 'gate'
  group by place) t
left join lateral (
  select b.created_at as since
  from orderweir.gate g
  join orderweir.build b on b.id = g.build_id
  where g.waited_for and g.name = t.gate
  order by g.build_id
  limit 1) o on true
left join lateral (
  select g.due_at from orderweir.gate g where g.waited_for and g.name = t.gate order by coalesce(g.due_at, 'infinity') limit 1) f on true
order by f.due_at, t.gate
