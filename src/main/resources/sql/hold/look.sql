-- Looks whether the target has the record of a held delivery; see db/migration/V017__holds.sql.
-- in: hold, by   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'hold.look', orderweir.order_of_hold(:#${variable.hold}::bigint), orderweir.look_at_target(:#${variable.hold}::bigint, :#${variable.by}::text))::text
