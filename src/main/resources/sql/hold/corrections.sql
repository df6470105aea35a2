-- What operators corrected in the entities of a batch, oldest first.
-- in: keys (JSON array of entity keys)   out: entity, path (JSON array), replaced, value (JSON text)
select e.key as entity, to_jsonb(c.path)::text as path, c.replaced::text as replaced, c.value::text as value
from orderweir.correction c
join orderweir.entity e on e.id = c.entity_id
where e.key in (select jsonb_array_elements_text(:#${variable.keys}::jsonb))
order by c.id
