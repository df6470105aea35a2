-- The orders a person may mean: by name with or without its sign, by key, or by the shop's id. Where no order is called so, what else is.
-- in: what she typed (three times), and with each connection's name before it (array)   out: one row per order
select id, name, key, connection, version as "updatedAt"
from (
  select e.*, dense_rank() over (order by e.type = any (array(select t.type from orderweir.event_type t where t.kind = 'order')) desc) as nth
  from orderweir.entity e
  where e.name in (?, chr(35) || ?) or e.key = ? or e.key = any (?)) e
where e.nth = 1
order by id
limit 20
