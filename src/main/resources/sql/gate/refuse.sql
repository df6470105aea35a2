-- Says that a gate will not be opened as it is: what waits goes to the Error Hold bin; see db/migration/V010__builds.sql.
-- in: build, or order and line; gate, by, reason, evidence   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'gate.refuse', coalesce(orderweir.order_of_build(:#${variable.build}::bigint), :#${variable.order}::text),
  orderweir.refuse_gate(:#${variable.build}::bigint, :#${variable.order}::text, :#${variable.line}::text, :#${variable.gate}::text,
    :#${variable.by}::text, :#${variable.reason}::text, :#${variable.evidence}::jsonb))::text
