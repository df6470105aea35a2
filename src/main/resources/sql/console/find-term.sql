-- A page of the orders of a buyer's e-mail address, or with a SKU, the newest first.
-- in: what she typed, before (an order's number in this list, or null), most   out: one row per order
select e.id, e.name, e.key, e.connection, e.version as "updatedAt", f.kind as "foundBy"
from (select ?::text as typed, coalesce(?::bigint, 9223372036854775807) as before, ?::int as most) q
cross join orderweir.salt s
cross join lateral (
  select i.entity_id, t.kind
  from (values ('e-mail'), ('sku')) as t (kind)
  cross join lateral (
    select entity_id from orderweir.found_by where term = orderweir.search_term(s.salt, t.kind, q.typed) and entity_id < q.before order by entity_id desc limit q.most) i
  order by i.entity_id desc
  limit q.most) f
join orderweir.entity e on e.id = f.entity_id
order by e.id desc
