-- Says that a gate will not be opened as it is: what waits goes to the Error Hold bin; see db/functions/gate/R__build_order.sql.
-- in: build, or order and line; gate, by, reason, evidence   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'gate.refuse', coalesce(orderweir.build_order(:#${variable.build}::bigint), :#${variable.order}::text),
  orderweir.gate_refuse(:#${variable.build}::bigint, :#${variable.order}::text, :#${variable.line}::text, :#${variable.gate}::text,
    :#${variable.by}::text, :#${variable.reason}::text, :#${variable.evidence}::jsonb))::text
