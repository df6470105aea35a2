-- Gives a gate more time; see db/functions/gate/R__gate_extend.sql.
-- in: build, or order and line; gate, by, reason, due, now   out: the answer as JSON text
with given as materialized (
  select :#${variable.build}::bigint as build, :#${variable.order}::text as "order", :#${variable.line}::text as line, :#${variable.gate}::text as gate,
         :#${variable.by}::text as by, :#${variable.reason}::text as reason, :#${variable.due}::timestamptz as due,
         coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as now)
select orderweir.audit_note(by, 'gate.extend', coalesce(orderweir.build_order(build), "order"),
  orderweir.gate_extend(build, "order", line, gate, by, reason, due, now))::text
from given
