-- Accepts that a target makes another total of a record; see db/functions/total/R__total_accept.sql.
-- in: hold, by, reason   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.by}::text as by, :#${variable.reason}::text as reason)
select orderweir.audit_note(by, 'hold.accept', orderweir.hold_order(hold), orderweir.total_accept(hold, by, reason))::text
from given
