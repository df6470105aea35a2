-- Releases a held delivery with its corrections; see db/migration/V017__holds.sql.
-- in: hold, by, seen, changes, documents, job (the work on a group it belongs to, or null)   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.release', orderweir.order_of_hold(:#${variable.hold}::bigint),
  orderweir.worked(:#${variable.job}::bigint, :#${variable.hold}::bigint,
    orderweir.release_delivery(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.seen}::text,
      :#${variable.changes}::jsonb, :#${variable.documents}::jsonb)))::text
