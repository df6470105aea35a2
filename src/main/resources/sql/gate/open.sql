-- Opens a gate, or proposes to, with evidence; see db/migration/V010__builds.sql.
-- in: build, or order and line; gate, by, reason, evidence   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'gate.open', coalesce(orderweir.order_of_build(:#${variable.build}::bigint), :#${variable.order}::text),
  orderweir.open_gate(:#${variable.build}::bigint, :#${variable.order}::text, :#${variable.line}::text, :#${variable.gate}::text,
    :#${variable.by}::text, :#${variable.reason}::text, :#${variable.evidence}::jsonb))::text
