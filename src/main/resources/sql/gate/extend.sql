-- Gives a gate more time; see db/functions/gate/R__build_order.sql.
-- in: build, or order and line; gate, by, reason, due   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'gate.extend', coalesce(orderweir.build_order(:#${variable.build}::bigint), :#${variable.order}::text),
  orderweir.gate_extend(:#${variable.build}::bigint, :#${variable.order}::text, :#${variable.line}::text, :#${variable.gate}::text,
    :#${variable.by}::text, :#${variable.reason}::text, :#${variable.due}::timestamptz))::text
