-- Tells a person what came of a test call, in plain words.
-- in: connection, by, label, zone, outcome, because (as connectors name them; unreadable and resting: no call was made; null: none could be), failure (or null), status, reason,
--     took (s, or null: nothing has left this machine), closedFor (s, or null), why, againAt (when permits are free, or null),
--     knocked (ms until a connection was open, -1 = it was not, null = nobody knocked), now
-- out: the answer as JSON text
with
  said as materialized (
    select :#${variable.connection}::text as connection, :#${variable.label}::text as label, :#${variable.zone}::text as zone, :#${variable.outcome}::text as outcome, :#${variable.because}::text as because,
           :#${variable.failure}::text as failure, :#${variable.status}::int as status, :#${variable.reason}::text as reason, :#${variable.why}::text as why,
           :#${variable.knocked}::numeric as knocked, :#${variable.took}::float8 as took, :#${variable.closedFor}::float8 as closed_for,
           coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  judged as (
    select s.*, round((s.took * 1000)::numeric) as ms,
           coalesce(:#${variable.againAt}::timestamptz, s.at + make_interval(secs => s.closed_for)) as again_at,
           case
             when s.why is not null then 'full'
             when s.outcome in ('unreadable', 'resting') then 'untested'
             when s.outcome in ('done', 'found', 'absent') then 'accepted'
             when s.outcome = 'pause' then 'refused'
             when s.because = 'too-fast' then 'full'
             when s.because = 'away' or s.failure is not null then 'away'
             else 'failed'
           end as verdict
    from said s),
  worded as (
    select j.*, c.paused_at, c.reason as paused_reason, c.away_since, to_char(j.again_at at time zone j.zone, 'HH24:MI:SS') || ' ' || j.zone as again
    from judged j
    left join orderweir.connection_state c using (connection))
select orderweir.audit_note(:#${variable.by}::text, 'connection.test', w.connection, jsonb_build_object(
  'connection', w.connection, 'verdict', w.verdict, 'accepted', w.verdict = 'accepted', 'open', case when w.knocked is not null then w.knocked >= 0 else w.status is not null end,
  'status', w.status, 'tookMs', coalesce(w.ms, case when w.knocked >= 0 then round(w.knocked) end), 'at', orderweir.utc(w.at), 'againAt', case when w.verdict = 'full' then orderweir.utc(w.again_at) end,
  'resumable', w.verdict = 'accepted' and w.paused_at is not null,
  'answer', concat(
    case
      when w.verdict = 'accepted' then format('%s was reached and let us in: status %s after %s ms.', w.label, w.status, w.ms)
      when w.verdict = 'refused' and w.status is null then format('No call was made: %s.', w.reason)
      when w.verdict = 'refused' then format('%s was reached after %s ms and refused us: %s.', w.label, w.ms, w.reason)
      when w.why = 'limit' then format('The limit of %s is used up now: try again at %s.', w.label, w.again)
      when w.why = 'closed' then format('%s wants no calls before %s: try again then.', w.label, w.again)
      when w.why = 'unstated' then format('The limits of %s are not written yet: a process with the role deliver does it. Try again at %s.', w.label, w.again)
      when w.why = 'restored' then format('The ledger was restored and does not know the last calls yet: a process with the role deliver sees to it. Try again at %s.', w.again)
      when w.verdict = 'full' then format('%s was reached after %s ms and takes no more calls now: %s. Try again %s.', w.label, w.ms, w.reason, coalesce('at ' || w.again, 'in a minute'))
      when w.verdict = 'away' and w.status is not null then format('%s was reached after %s ms and does not work now: %s.', w.label, w.ms, w.reason)
      when w.failure = 'expired' then 'This machine was too busy to make the call in time: try again.'
      when w.verdict = 'away' then format('Not reached: %s.', w.reason)
      when w.verdict = 'untested' then concat(w.reason, '. So only the network was tried: ',
        case when w.knocked >= 0 then format('%s takes connections, one was open after %s ms.', w.label, round(w.knocked)) else format('%s does not take connections.', w.label) end)
      when w.status >= 500 then format('%s was reached after %s ms and failed with status %s: try again.', w.label, w.ms, w.status)
      when w.status is not null then format('%s was reached after %s ms and does not take this question, status %s: check orderweir.connections.%s.url and what our account may read.',
        w.label, w.ms, w.status, w.connection)
      else format('The test failed: %s.', coalesce(w.reason, 'nobody knows why'))
    end,
    case
      when w.paused_at is not null and w.verdict = 'accepted' then format(' It is still paused (%s). It may be resumed.', w.paused_reason)
      when w.paused_at is not null then format(' It is paused (%s).', w.paused_reason)
      when w.verdict = 'refused' then ' It is not paused by this: the next delivery that is refused will do it.'
      when w.away_since is not null and w.status < 500 then ' Deliveries are tried again now.'
      when w.away_since is not null then format(' It has answered no delivery since %s, and is tried again by itself.', orderweir.utc(w.away_since))
    end)))::text
from worded w
