-- Opens a gate, or proposes to, with evidence; see db/functions/gate/R__build_order.sql.
-- in: build, or order and line; gate, by, reason, evidence   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'gate.open', coalesce(orderweir.build_order(:#${variable.build}::bigint), :#${variable.order}::text),
  orderweir.gate_open(:#${variable.build}::bigint, :#${variable.order}::text, :#${variable.line}::text, :#${variable.gate}::text,
    :#${variable.by}::text, :#${variable.reason}::text, :#${variable.evidence}::jsonb))::text
