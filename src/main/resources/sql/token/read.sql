-- The token of a connection as it stands now.
-- in: connection, now   out: one row, or none where there is none that lives: number, sealed, key (that sealed it), worked
select t.number, t.sealed, t.sealed_with as key, t.worked
from orderweir.token t
where t.connection = ? and t.refused_at is null and t.expires_at > coalesce(?::timestamptz, clock_timestamp())
