-- Says who cares for a hold or a group, until when, puts it off, or writes a note; see db/functions/hold/R__hold_order.sql.
-- in: hold or group, by, what (owner due snooze note), value   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, concat('hold.', :#${variable.what}::text), coalesce(orderweir.hold_order(:#${variable.hold}::bigint), :#${variable.group}::text),
  orderweir.hold_arrange(:#${variable.hold}::bigint, :#${variable.group}::text, :#${variable.by}::text, :#${variable.what}::text, :#${variable.value}::text))::text
