-- Gives a gate more time; see db/migration/V010__builds.sql.
-- in: build, or order and line; gate, by, reason, due   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'gate.extend', coalesce(orderweir.order_of_build(:#${variable.build}::bigint), :#${variable.order}::text),
  orderweir.extend_gate(:#${variable.build}::bigint, :#${variable.order}::text, :#${variable.line}::text, :#${variable.gate}::text,
    :#${variable.by}::text, :#${variable.reason}::text, :#${variable.due}::timestamptz))::text
