-- A page of the orders whose number begins like this, with or without its sign, in the order of their numbers.
-- in: its beginning, most   out: one row per order
select e.id, e.name, e.key, e.connection, e.version as "updatedAt", 'its number' as "foundBy"
from (select ?::text as start, ?::int as most) q
cross join (values (''), (chr(35))) as sign (sign)
cross join lateral (
  select * from orderweir.entity
  where name ~>=~ (sign.sign || q.start) and name ~<~ (sign.sign || q.start || chr(1114111))
  order by name using ~<~
  limit q.most) e
where e.type = any (array(select t.type from orderweir.event_type t where t.kind = 'order'))
order by e.name using ~<~
limit 50
