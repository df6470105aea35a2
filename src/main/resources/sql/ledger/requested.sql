-- Of which lines of the orders of a batch somebody was asked to move the goods, and not told again to leave them, each as the newest version said that went out;
-- and of which somebody is still to be asked.
-- in: keys (JSON array of {connection, type, key})   out: entity, line (JSON text), sent
select e.key as entity, l.line::text as line, d.sent
from jsonb_to_recordset(:#${variable.keys}::jsonb) as k (connection text, type text, key text)
-- one after the other by their keys, whatever the planner believes of the tables
cross join lateral (
  select id, key from orderweir.entity e where (e.connection, e.type, e.key) = (k.connection, k.type, k.key) limit 1) e
cross join lateral (
  select n as lane from orderweir.lane n where n.entity_id = e.id and n.last_seq > 0 offset 0) n
cross join lateral (
  (select d.message_id, d.line_ids, true as sent from orderweir.delivery d
   where d.lane_id = (n.lane).id and d.goods_moving and orderweir.lane_stands(n.lane)
     -- what was unsure when it was to be taken back counts until that is done, where nothing else was sent
     and (d.state in ('sending', 'unsure', 'delivered', 'confirmed') or d.state in ('held', 'superseded') and d.unsure_since is not null)
   order by d.state = 'superseded', d.id desc limit 1)
  union all
  select d.message_id, d.line_ids, false from orderweir.delivery d
  where d.lane_id = (n.lane).id and d.goods_moving and d.state in ('gated', 'ready', 'held')) d
cross join lateral (
  select p.canonical from orderweir.payload p where p.message_id = d.message_id limit 1) p
cross join lateral jsonb_array_elements(case jsonb_typeof(p.canonical -> 'lineItems') when 'array' then p.canonical -> 'lineItems' else '[]' end) as l (line)
where jsonb_exists(d.line_ids, l.line ->> 'id')
