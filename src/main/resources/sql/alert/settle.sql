-- Ends a claim: what became of the message, the permits, and what is known of the connection. Fenced by the claim's number.
-- in: id, claim, repeatable, outcome (done later away throttled again unsure pause hold), failure (or null), status, reason, remoteId, answer,
--     closedFor (s until the target wants to be called again, or null), took (s, or null), settles (s), grace (s), now   out: state, or null
select orderweir.notification_settle(:#${variable.id}::bigint, :#${variable.claim}::int, :#${variable.repeatable}::boolean, coalesce(:#${variable.outcome}::text, 'unsure'),
  :#${variable.failure}::text, :#${variable.status}::int, :#${variable.reason}::text, :#${variable.remoteId}::text, :#${variable.answer}::text,
  :#${variable.closedFor}::float8, :#${variable.took}::float8, :#${variable.settles}::float8, :#${variable.grace}::float8,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as state
