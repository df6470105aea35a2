-- Takes the next message of a system together with one permit of every limit of its connection.
-- in: system, repeatable, accounts (JSON array of {connection, lease, settles, limits}; s), now   out: one row, or none
select n.id, n.claims as claim, n.purpose, n.channel, n.connection, n.recipient, n.subject, n.text,
       (select jsonb_agg(jsonb_build_object('id', a.id, 'state', a.state, 'kind', a.kind, 'subject', a.subject, 'sentence', a.sentence, 'count', a.count,
          'since', orderweir.utc(a.first_at)) order by a.id) from orderweir.alert a where a.id = any (n.alerts))::text as alerts
from orderweir.notification_claim(:#${variable.system}::text, :#${variable.repeatable}::boolean, :#${variable.accounts}::jsonb,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as n
where n.id is not null
