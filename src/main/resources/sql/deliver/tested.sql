-- Tells a person whether a target takes connections, and when it last answered a call.
-- in: connection, by, label, took (ms until a connection was open, or -1)   out: the answer as JSON text
select orderweir.audited(:#${variable.by}::text, 'connection.test', c.connection, jsonb_build_object(
  'connection', c.connection, 'open', c.took >= 0, 'tookMs', round(c.took), 'at', orderweir.utc(clock_timestamp()),
  'answer', concat(c.label, case when c.took >= 0 then format(' takes connections: one was open after %s ms.', round(c.took)) else ' does not take connections.' end,
    case
      when s.paused_at is not null then format(' It is paused: %s', s.reason)
      when s.away_since is not null then format(' It has answered no call since %s, and is tried again by itself.', orderweir.utc(s.away_since))
      when s.succeeded_at > '-infinity' then format(' It last did what it was called for at %s.', orderweir.utc(s.succeeded_at))
      else ' It has not been called yet.'
    end)))::text
from (select :#${variable.connection}::text as connection, :#${variable.label}::text as label, :#${variable.took}::numeric as took) c
left join orderweir.connection_state s using (connection)
