-- Gates that are past their deadline while a line waits at them, by gate.
-- in: nothing   out: gate, gates (how many), since (the oldest deadline)
select t.place as gate, l.gates, l.since
from (select distinct place from orderweir.tallied where book = 'gate') t
cross join lateral (
  select count(*) as gates, min(g.due_at) as since
  from orderweir.gate g
  where g.waited_for and g.name = t.place and coalesce(g.due_at, 'infinity') < (select clock_timestamp())) l
where l.gates > 0
order by l.since
