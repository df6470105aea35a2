-- What work on a whole cause would touch: its open holds by the value that stands at one field now, the most frequent first.
-- in: the field as shippingAddress.country or lineItems[0].sku, or null; the fingerprint   out: value, holds, countries, orders (five examples), worth (of their orders)
with
  given as materialized (select string_to_array(translate(?::text, '[]', '.'), '.') as path, ?::text as fingerprint),
  held as materialized (
    select h.id, coalesce(e.name, e.key) as name, p.canonical #>> g.path as value, coalesce(p.canonical #>> '{shippingAddress,country}', '') as country,
           p.canonical ->> 'currency' as currency, case when p.canonical ->> 'totalPrice' ~ '^-{0,1}[0-9]+([.][0-9]+|)$' then (p.canonical ->> 'totalPrice')::numeric end as price
    from given g
    join orderweir.hold h on h.fingerprint = g.fingerprint and h.closed_at is null
    join orderweir.message m on m.id = h.message_id
    join orderweir.entity e on e.id = m.entity_id
    join orderweir.payload p on p.message_id = m.id)
select h.value, count(*) as holds, count(distinct h.country) as countries, array_to_string((array_agg(h.name order by h.id))[1:5], ', ') as orders,
       (select string_agg(w.price || ' ' || w.currency, ', ' order by w.currency)
        from (select o.currency, sum(o.price) as price from held o where o.value is not distinct from h.value and o.price is not null group by o.currency) w) as worth
from held h
group by h.value
order by holds desc, h.value
limit 50
