-- A person takes an alert; see db/migration/V016__alerts.sql.
-- in: alert, by   out: the answer as JSON text
select orderweir.audited(:#${variable.by}, 'alert.acknowledge', :#${variable.alert}::text, orderweir.acknowledge(:#${variable.alert}::bigint, :#${variable.by}::text))::text
