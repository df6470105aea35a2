-- A person takes an alert; see db/functions/alert/R__alert_acknowledge.sql.
-- in: alert, by   out: the answer as JSON text
with given as materialized (
  select :#${variable.alert}::bigint as alert, :#${variable.by}::text as by)
select orderweir.audit_note(by, 'alert.acknowledge', alert::text, orderweir.alert_acknowledge(alert, by))::text
from given
