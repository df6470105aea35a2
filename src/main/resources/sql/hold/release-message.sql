-- Plans a message that was held because it could not be understood; see db/migration/V017__holds.sql.
-- in: hold, by, seen, changes, document, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.release', orderweir.order_of_hold(:#${variable.hold}::bigint),
  orderweir.worked(:#${variable.job}::bigint, :#${variable.hold}::bigint,
    orderweir.release_message(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.seen}::text,
      :#${variable.changes}::jsonb, :#${variable.document}::jsonb)))::text
