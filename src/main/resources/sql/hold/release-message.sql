-- Plans a message that was held because it could not be understood; see db/functions/hold/R__hold_order.sql.
-- in: hold, by, seen, changes, document, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'hold.release', orderweir.hold_order(:#${variable.hold}::bigint),
  orderweir.hold_job_worked(:#${variable.job}::bigint, :#${variable.hold}::bigint,
    orderweir.hold_release_message(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.seen}::text,
      :#${variable.changes}::jsonb, :#${variable.document}::jsonb)))::text
