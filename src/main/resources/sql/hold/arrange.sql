-- Says who cares for a hold or a group, until when, puts it off, or writes a note; see db/migration/V017__holds.sql.
-- in: hold or group, by, what (owner due snooze note), value   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, concat('hold.', :#${variable.what}::text), coalesce(orderweir.order_of_hold(:#${variable.hold}::bigint), :#${variable.group}::text),
  orderweir.arrange_hold(:#${variable.hold}::bigint, :#${variable.group}::text, :#${variable.by}::text, :#${variable.what}::text, :#${variable.value}::text))::text
