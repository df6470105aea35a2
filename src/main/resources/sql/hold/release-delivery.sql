-- Releases a held delivery with its corrections; see db/functions/hold/R__hold_order.sql.
-- in: hold, by, seen, changes, documents, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'hold.release', orderweir.hold_order(:#${variable.hold}::bigint),
  orderweir.hold_job_worked(:#${variable.job}::bigint, :#${variable.hold}::bigint,
    orderweir.hold_release_delivery(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.seen}::text,
      :#${variable.changes}::jsonb, :#${variable.documents}::jsonb)))::text
