-- Gives up what is held, and what waits for it; see db/functions/hold/R__hold_order.sql.
-- in: hold, by, reason, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'hold.discard', orderweir.hold_order(:#${variable.hold}::bigint),
  orderweir.hold_job_worked(:#${variable.job}::bigint, :#${variable.hold}::bigint,
    orderweir.hold_discard(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.reason}::text)))::text
