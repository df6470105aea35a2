-- The orders of which a target holds a record of this id, or whose events carried this correlation id.
-- in: what she typed (twice)   out: one row per order
select e.id, e.name, e.key, e.connection, e.version as "updatedAt", min(f.found_by) as "foundBy"
from (
  select entity_id, 'its record at ' || connection as found_by from orderweir.lane where remote_id = ?
  union all
  select entity_id, 'its correlation id' from orderweir.message where correlation_id = ?) f
join orderweir.entity e on e.id = f.entity_id
group by e.id
order by e.id desc
limit 50
