-- Looks whether the target has the record of a held delivery; see db/functions/hold/R__hold_look.sql.
-- in: hold, by   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.by}::text as by)
select orderweir.audit_note(by, 'hold.look', orderweir.hold_order(hold), orderweir.hold_look(hold, by))::text
from given
