-- Keeps what a connection was asked for, in the place of what was kept before.
-- in: connection, asksFor (its name), known (JSON text), keptFor (s), now   out: nothing
insert into orderweir.reference_data (connection, name, content, fetched_at, kept_until)
select :#${variable.connection}, :#${variable.asksFor}, :#${variable.known}::jsonb, t.at, t.at + make_interval(secs => :#${variable.keptFor}::float8)
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) t
on conflict (connection, name) do update set content = excluded.content, fetched_at = excluded.fetched_at, kept_until = excluded.kept_until
