-- What is known of the products of orders: how each line was understood before, and what the shop said of each product since.
-- in: keys (JSON array of {connection, type, key}), named (JSON array of {connection, products [id]})
-- out: entity, line, product, variant, type (of a line: as it was planned, or null), or connection, product, type (of a product)
with line as materialized (
  select e.connection, e.key as entity, l.line ->> 'id' as line, l.line ->> 'productId' as product, l.line ->> 'variantId' as variant,
         case when d.planned then l.line ->> 'productType' end as type
  from jsonb_to_recordset(:#${variable.keys}::jsonb) as k (connection text, type text, key text)
  -- one after the other by their keys, whatever the planner believes of the tables
  cross join lateral (
    select connection, key, id, message_id from orderweir.entity e
    where (e.connection, e.type, e.key) = (k.connection, k.type, k.key) and k.type = any (array(select t.type from orderweir.event_type t where t.kind = 'order')) limit 1) e
  cross join lateral (
    select p.canonical, true as planned from orderweir.payload p where p.message_id = e.message_id
    union all
    -- a shop that deletes a product takes its id out of the lines: what was held since then still has it
    (select p.canonical, false
     from orderweir.message m
     join orderweir.payload p on p.message_id = m.id
     where m.entity_id = e.id and m.id > coalesce(e.message_id, 0) and m.state in ('held', 'discarded') and p.canonical is not null
     order by m.id desc limit 1)) d
  cross join lateral jsonb_array_elements(case jsonb_typeof(d.canonical -> 'lineItems') when 'array' then d.canonical -> 'lineItems' else '[]' end) as l (line)),
wanted as (
  select n.connection, i.id as product
  from jsonb_to_recordset(:#${variable.named}::jsonb) as n (connection text, products jsonb)
  cross join lateral jsonb_array_elements_text(n.products) as i (id)
  union
  select connection, product from line where product is not null)
select entity, line, connection, product, variant, type from line
union all
select null, null, p.connection, p.product_id, null, p.product_type
from wanted w
cross join lateral (
  select connection, product_id, product_type from orderweir.product p where (p.connection, p.product_id) = (w.connection, w.product) limit 1) p
where p.product_type is not null
