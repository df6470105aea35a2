-- Every decision at the gates of one build.
-- in: build   out: one row per decision, the oldest first
select at, gate, decision, by, reason, evidence, due_at as "dueAt"
from orderweir.gate_decision
where build_id = ?
order by id
