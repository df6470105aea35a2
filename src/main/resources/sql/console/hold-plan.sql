-- What work on a whole cause would touch: its open holds by the value that stands at one field now, those that change and the most frequent first.
-- in: the field as shippingAddress.country or lineItems[0].sku, or null; the fingerprint; whether any value changes, else which one (null: where none stands)
-- out: value, holds, countries, orders (five examples), worth (of their orders), changes; of all of the cause, also where there are more values than are shown: total, changed
with
  given as materialized (select string_to_array(translate(?::text, '[]', '.'), '.') as path, ?::text as fingerprint, ?::boolean as anything, ?::text as replaced),
  held as materialized (
    select h.id, g.anything or p.canonical #>> g.path is not distinct from g.replaced as changes, coalesce(e.name, e.key) as name, p.canonical #>> g.path as value, coalesce(p.canonical #>> '{shippingAddress,country}', '') as country,
           p.canonical ->> 'currency' as currency, case when p.canonical ->> 'totalPrice' ~ '^-{0,1}[0-9]+([.][0-9]+|)$' then (p.canonical ->> 'totalPrice')::numeric end as price
    from given g
    join orderweir.hold h on h.fingerprint = g.fingerprint and h.closed_at is null
    join orderweir.message m on m.id = h.message_id
    join orderweir.entity e on e.id = m.entity_id
    left join orderweir.payload p on p.message_id = m.id)
select h.value, h.changes, count(*) as holds, sum(count(*)) over () as total, coalesce(sum(count(*)) filter (where h.changes) over (), 0) as changed, count(distinct h.country) as countries, array_to_string((array_agg(h.name order by h.id))[1:5], ', ') as orders,
       (select string_agg(w.price || ' ' || w.currency, ', ' order by w.currency)
        from (select o.currency, sum(o.price) as price from held o where o.value is not distinct from h.value and o.price is not null group by o.currency) w) as worth
from held h
group by h.value, h.changes
order by h.changes desc, holds desc, h.value
limit 50
