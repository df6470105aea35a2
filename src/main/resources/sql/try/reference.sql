-- What is kept of the reference data of some connections, whether it is old or not.
-- in: connections   out: connection, name, content (JSON text), keptUntil (far away: nobody asks for newer)
select r.connection, r.name, r.content::text as content, timestamptz '9999-01-01' as "keptUntil"
from orderweir.reference_data r
where r.connection = any(?::text[])
