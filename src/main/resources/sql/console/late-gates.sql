-- Gates that are past their deadline while a line waits at them, by gate.
-- in: nothing   out: gate, gates (how many), since (the oldest deadline)
select g.name as gate, count(distinct g.build_id) as gates, min(g.due_at) as since
from orderweir.delivery d
cross join lateral (
  select build_id, name, due_at from orderweir.gate where build_id = d.build_id and name = any (d.behind) and opened_at is null and due_at < clock_timestamp() offset 0) g
where d.state in ('gated', 'held') and d.build_id is not null
group by g.name
order by min(g.due_at)
