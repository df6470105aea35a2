-- The orders a person may mean: by name with or without its sign, by key, or by the shop's id.
-- in: what she typed (three times), and with each connection's name before it (array)   out: one row per order
select id, name, key, connection, version as "updatedAt"
from orderweir.entity
where name in (?, chr(35) || ?) or key = ? or key = any (?)
order by id
limit 20
