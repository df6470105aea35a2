-- Looks whether the target has the record of a held delivery; see db/functions/hold/R__hold_order.sql.
-- in: hold, by   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}::text, 'hold.look', orderweir.hold_order(:#${variable.hold}::bigint), orderweir.hold_look(:#${variable.hold}::bigint, :#${variable.by}::text))::text
