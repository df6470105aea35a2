-- Ends a claim: the delivery's state, the permits and the attempt, in one statement. Fenced by the claim's number.
-- in: id, claim, outcome (done found absent later unsure pause hold), remoteId, reason, wait (s, or null for the back-off), counts, othersAnswered,
--     patience (attempts), settles (s), grace (s), verb, status, request, answer, sentence, path, connection, now
-- out: state, attempts, alert (what a person should be told, or null)
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  before as materialized (
    select d.id, d.message_id, d.entity_id, d.lane_id, d.state, d.called_at, d.unsure_since, d.attempts, d.cancel, l.doubtful, e.name,
           -- whose fault: it counts only if, between its last failure and this try, the target did answer another delivery
           :#counts::boolean and :#othersAnswered::boolean as counts,
           greatest(l.quiet_at, '-infinity') as quiet_at
    from orderweir.delivery d
    join orderweir.lane l on l.id = d.lane_id
    join orderweir.entity e on e.id = d.entity_id
    where d.id = :#id and d.claims = :#claim and d.state in ('sending', 'unsure')
    for update of d),
  next as materialized (
    select b.*,
           case
             when :#outcome::text = 'done' then 'delivered'
             -- found after a hold: it may be an older content, so the present one is sent as an update, or the cancel
             when :#outcome::text = 'found' then case when b.doubtful then 'ready' else 'confirmed' end
             when :#outcome::text = 'hold' or b.counts and b.attempts + 1 >= :#patience::int then 'held'
             when :#outcome::text = 'unsure' then 'unsure'
             -- not found counts only when the look-up began after the target could no longer be working on the call
             when :#outcome::text = 'absent' and b.called_at >= b.quiet_at then case when b.cancel then 'superseded' else 'ready' end
             when :#outcome::text = 'absent' then 'unsure'
             else case when b.unsure_since is null then 'ready' else 'unsure' end
           end as to_state,
           (select at from clock) + coalesce(
             make_interval(secs => :#${variable.wait}::float8),
             -- exponential, full jitter, at most five minutes
             random() * least(interval '5 minutes', interval '1 second' * power(2, least(b.attempts, 9)))) as retry_at
    from before b),
  settled as (
    update orderweir.delivery d
    set state = n.to_state,
        head = n.to_state not in ('delivered', 'confirmed', 'superseded'),
        leased_until = null,
        called_at = null,
        unsure_since = case
          when n.to_state = 'unsure' then coalesce(n.unsure_since, (select at from clock))
          when n.to_state = 'held' then n.unsure_since
        end,
        done_at = case when n.to_state in ('delivered', 'confirmed', 'superseded') then (select at from clock) end,
        due_at = case when :#outcome::text = 'absent' and n.to_state = 'unsure' then least(n.retry_at, n.quiet_at) else n.retry_at end,
        attempts = d.attempts + case when n.counts then 1 else 0 end,
        failed_at = case when :#outcome::text in ('later', 'unsure', 'hold') then (select at from clock) else d.failed_at end,
        remote_id = coalesce(:#${variable.remoteId}::text, d.remote_id),
        reason = case when n.to_state = 'superseded' then 'the target has nothing of it to cancel' else :#${variable.reason}::text end
    from next n
    where d.id = n.id
    returning d.id, d.lane_id, d.state, d.attempts),
  quieted as (
    update orderweir.lane l
    set quiet_at = greatest(l.quiet_at, (select at from clock) + make_interval(secs => :#settles::float8))
    from settled s
    where l.id = s.lane_id and :#outcome::text = 'unsure'
    returning l.id),
  freed as (
    -- unanswered: the request may be under way for the grace, and the target may work on it until it settles
    update orderweir.permit p
    set free_at = greatest(p.opens_at, case
          when b.called_at is null and b.state = 'sending' then (select at from clock)
          when :#outcome::text <> 'unsure' then (select at from clock) + a.window_length
          when a.window_length = interval '0' then (select at from clock) + make_interval(secs => :#settles::float8)
          else (select at from clock) + a.window_length + make_interval(secs => :#grace::float8)
        end),
        delivery_id = null,
        claim = null
    from orderweir.allowance a
    cross join before b
    where a.connection = :#connection and p.connection = a.connection and p.limit_name = a.limit_name
      and p.delivery_id = :#id and p.claim = :#claim
    returning p.slot),
  noted as (
    insert into orderweir.attempt (delivery_id, claim, started_at, ended_at, outcome, verb, status, reason, request, answer)
    select b.id, :#claim::int, b.called_at, at, :#outcome::text, :#verb::text, :#${variable.status}::int, :#${variable.reason}::text, :#${variable.request}::text, :#${variable.answer}::text
    from before b
    cross join clock
    where b.called_at is not null),
  succeeded as (
    insert into orderweir.connection_state as s (connection, succeeded_at)
    -- the time of the call, not of its answer: an outage that began in between was not seen
    select :#connection::text, called_at from before
    where :#outcome::text in ('done', 'found', 'absent') and called_at is not null
    on conflict (connection) do update
    set succeeded_at = excluded.succeeded_at
    where s.succeeded_at < excluded.succeeded_at - interval '1 second'),
  paused as (
    insert into orderweir.connection_state as s (connection, paused_at, reason)
    select :#connection::text, at, :#${variable.reason}::text from clock
    where :#outcome::text = 'pause'
    on conflict (connection) do update
    set paused_at = coalesce(s.paused_at, excluded.paused_at), reason = excluded.reason),
  held as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint, answer_status, answer)
    select n.message_id, n.id,
           case when :#outcome::text = 'hold' then :#${variable.reason}::text else 'tries-used-up' end,
           coalesce(:#${variable.sentence}::text, concat('Order ', n.name, ': ', :#${variable.reason}::text, ', and so it was at all of ',
             n.attempts + 1, ' tries, while other orders went through. Release it to try again.')),
           :#${variable.path}::text,
           concat_ws('|', :#connection::text, case when :#outcome::text = 'hold' then :#${variable.reason}::text else 'tries-used-up' end, :#${variable.path}::text), :#${variable.status}::int, :#${variable.answer}::text
    from next n
    join settled s on s.id = n.id and s.state = 'held'
    returning sentence)
select s.state, s.attempts,
       coalesce((select sentence from held), case when :#outcome::text = 'pause' then :#${variable.reason}::text end) as alert
from settled s
