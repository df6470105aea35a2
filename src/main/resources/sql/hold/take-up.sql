-- Takes up again what was discarded; see db/functions/hold/R__hold_take_up.sql.
-- in: hold, by, document (JSON text, or null for an event that was not understood)   out: the answer as JSON text
with given as materialized (
  select :#${variable.hold}::bigint as hold, :#${variable.by}::text as by, :#${variable.document}::jsonb as document)
select orderweir.audit_note(by, 'hold.take-up', orderweir.hold_order(hold), orderweir.hold_take_up(hold, by, document))::text
from given
