-- What operators corrected in the entities of a batch, oldest first.
-- in: keys (JSON array of {connection, type, key})   out: entity, path (JSON array), replaced, value (JSON text)
select e.key as entity, to_jsonb(c.path)::text as path, c.replaced::text as replaced, c.value::text as value
from jsonb_to_recordset(:#${variable.keys}::jsonb) as k (connection text, type text, key text)
-- one after the other by their keys, whatever the planner believes of the tables
cross join lateral (
  select id, key from orderweir.entity e where (e.connection, e.type, e.key) = (k.connection, k.type, k.key) limit 1) e
cross join lateral (
  select id, path, replaced, value from orderweir.correction where entity_id = e.id offset 0) c
order by c.id
