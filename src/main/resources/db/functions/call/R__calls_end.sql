-- Ends calls that somebody made. p_ends: array of {call, outcome, because, failure (refused unanswered cut page expired), status, reason, remoteId, found, final, wait (s, or null for the
-- back-off), closedFor (s), available (points left in the target's bucket), othersAnswered, patience (attempts), longestWait (s between two tries), breaks (calls without an answer until the breaker
-- opens), settles (s), grace (s), verb, sentence, field (at fault), step (of several calls), took (s from before the start was written to the call's end), revision (of connectors and policy, by which it was made), reads (what is read back of what is written at its port, or null), sentDocument (names the request, or null where another one may be needed all the same)}; p_requests, p_answers: texts, in their order.
-- A call whose lease has run out meanwhile still settles what it left unsure, never what a later call has taken. What is said twice of a call counts once.
create or replace function calls_end(p_ends jsonb, p_requests text[], p_answers text[], p_at timestamptz)
returns table (call bigint, delivery_id bigint, state text, attempts int, alert text) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  ends orderweir.call_end[];
begin
  select array_agg(row(t.call, c.purpose, c.connection, c.port, coalesce(t.verb, c.verb), c.repeatable, c.claimed_at, c.called_at, c.replica, n.ended_at,
      n.ended_at + case when t.outcome = 'unsure' and t.status is null then make_interval(secs => t.grace) else interval '0' end,
      -- whose answer was cut may go on with it, whatever it had begun to say
      case when t.outcome = 'unsure' or t.failure = 'cut' then p_at + make_interval(secs => t.settles) else n.ended_at end,
      false, t.outcome, t.because, t.failure, t.status, t.reason, t."remoteId", t.found, t.final, t.wait, t."closedFor", t.available, t."othersAnswered", t.patience, t.breaks, t.settles,
      t.sentence, t.field, p_requests[t.place], p_answers[t.place], t.step, t.revision, t.reads,
      -- a replica of the release before does not say it
      coalesce(t."longestWait", 300), t."sentDocument")::orderweir.call_end)
  into ends
  from rows from (jsonb_to_recordset(p_ends) as (call bigint, outcome text, because text, failure text, status int, reason text, "remoteId" text, found jsonb, final boolean, wait float8,
    "closedFor" float8, available float8, "othersAnswered" boolean, patience int, breaks int, settles float8, grace float8, verb text, sentence text, field text, step text, took float8, revision bigint, reads jsonb,
    "longestWait" float8, "sentDocument" text))
    with ordinality as t (call, outcome, because, failure, status, reason, "remoteId", found, final, wait, "closedFor", available, "othersAnswered", patience, breaks, settles, grace, verb,
      sentence, field, step, took, revision, reads, "longestWait", "sentDocument", place)
  cross join lateral (
    select * from (
      select o.purpose, o.connection, o.port, o.verb, o.repeatable, o.claimed_at, o.called_at, o.replica from orderweir.call o where o.id = t.call
      union all
      (select g.purpose, g.connection, g.port, g.verb, false, g.claimed_at, g.called_at, g.replica from orderweir.call_log g
       where g.id = t.call and g.expired and not exists (select from orderweir.call_log h where h.id = t.call and not h.expired))) known
    limit 1) c
  -- its slot counts from the call's end, however long it took to write it down
  cross join lateral (select least(p_at, c.called_at + make_interval(secs => t.took)) as ended_at) n;
  return query select * from orderweir.calls_settle(ends, p_at);
end $$;
