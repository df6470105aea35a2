-- Says who cares for a hold or a group, until when, puts it off, or writes a note; see db/functions/hold/R__hold_arrange.sql.
-- in: hold or group, by, what (owner due snooze note), value   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.group}::text as "group", :#${variable.by}::text as by, :#${variable.what}::text as what,
         :#${variable.value}::text as value)
select orderweir.audit_note(by, concat('hold.', what), coalesce(orderweir.hold_order(hold), "group"), orderweir.hold_arrange(hold, "group", by, what, value))::text
from given
