-- What is kept of the reference data of a connection, whether it is old or not.
-- in: connection   out: name, content (JSON text), keptUntil
select r.name, r.content::text as content, r.kept_until as "keptUntil"
from orderweir.reference_data r
where r.connection = :#${variable.connection}
