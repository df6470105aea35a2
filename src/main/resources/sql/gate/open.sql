-- Opens one gate of one line; see db/migration/V004__release.sql.
-- in: delivery, or order and line; gate, by, evidence   out: the answer as JSON text
select orderweir.open_gate(:#${variable.delivery}::bigint, :#${variable.order}::text, :#${variable.line}::text,
  :#${variable.gate}::text, :#${variable.by}::text, :#${variable.evidence}::jsonb)::text
