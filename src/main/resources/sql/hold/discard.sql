-- Gives up what is held, and what waits for it; see db/migration/V004__release.sql.
-- in: hold, by, reason, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.worked(:#${variable.job}::bigint, :#${variable.hold}::bigint, orderweir.audited(:#${variable.by}::text, 'hold.discard', :#${variable.hold}::text,
  orderweir.discard(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.reason}::text)))::text
