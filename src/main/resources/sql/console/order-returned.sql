-- Of which lines of an order goods came back after they were shipped, as its newest version says.
-- in: entity   out: one row per line
select l.line ->> 'id' as line, coalesce(l.line ->> 'name', l.line ->> 'sku') as name, (l.line ->> 'returnedQuantity')::bigint as quantity
from orderweir.entity e
join orderweir.payload p on p.message_id = e.message_id
cross join lateral jsonb_array_elements(case jsonb_typeof(p.canonical -> 'lineItems') when 'array' then p.canonical -> 'lineItems' else '[]' end) with ordinality as l (line, place)
where e.id = ? and jsonb_exists(l.line, 'returnedQuantity')
order by l.place
