-- Plans a message that was held because it could not be understood; see db/migration/V004__release.sql.
-- in: hold, by, seen, changes, document   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.release', orderweir.order_of_hold(:#${variable.hold}::bigint),
  orderweir.release_message(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.seen}::text,
    :#${variable.changes}::jsonb, :#${variable.document}::jsonb))::text
