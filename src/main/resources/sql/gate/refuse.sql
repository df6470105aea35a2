-- Says that a gate will not be opened as it is: what waits goes to the Error Hold bin; see db/functions/gate/R__gate_refuse.sql.
-- in: build, or order and line; gate, by, reason, evidence   out: the answer as JSON text
with given as materialized (
  select :#${variable.build}::bigint as build, :#${variable.order}::text as "order", :#${variable.line}::text as line, :#${variable.gate}::text as gate,
         :#${variable.by}::text as by, :#${variable.reason}::text as reason, :#${variable.evidence}::jsonb as evidence)
select orderweir.audit_note(by, 'gate.refuse', coalesce(orderweir.build_order(build), "order"),
  orderweir.gate_refuse(build, "order", line, gate, by, reason, evidence))::text
from given
