-- Takes the next message of a system in a call with its permits; see db/functions/alert/R__notification_take.sql.
-- in: system, repeatable, accounts (JSON array of {connection, lease, settles, limits}; s), replica (or null), now   out: one row, or none
select n.call_id as call, n.id, n.purpose, n.channel, n.connection, n.recipient, n.subject, n.text,
       (select jsonb_agg(jsonb_build_object('id', a.id, 'state', a.state, 'kind', a.kind, 'subject', a.subject, 'sentence', a.sentence, 'count', a.count,
          'since', orderweir.utc(a.first_at)) order by a.id) from orderweir.alert a where a.id = any (n.alerts))::text as alerts
from orderweir.notification_take(:#system::text, :#${variable.repeatable}::boolean, :#accounts::jsonb, :#${variable.replica}::int,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as n
where n.id is not null
