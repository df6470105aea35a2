-- A person takes an alert; see db/functions/alert/R__alert_acknowledge.sql.
-- in: alert, by   out: the answer as JSON text
select orderweir.audit_note(:#${variable.by}, 'alert.acknowledge', :#${variable.alert}::text, orderweir.alert_acknowledge(:#${variable.alert}::bigint, :#${variable.by}::text))::text
