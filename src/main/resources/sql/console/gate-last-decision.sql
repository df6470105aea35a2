-- What was decided last at the gates of one build.
-- in: build   out: one row, or none
select h.gate, h.decision, h.by, h.at, coalesce(e.name, e.key) as "order", e.key as "entityKey"
from orderweir.gate_decision h
join orderweir.build b on b.id = h.build_id
join orderweir.entity e on e.id = b.entity_id
where h.build_id = ?
order by h.id desc
limit 1
