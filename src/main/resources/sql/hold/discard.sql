-- Gives up what is held, and what waits for it; see db/migration/V004__release.sql.
-- in: hold, by, reason, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.discard', orderweir.order_of_hold(:#${variable.hold}::bigint),
  orderweir.worked(:#${variable.job}::bigint, :#${variable.hold}::bigint,
    orderweir.discard(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.reason}::text)))::text
