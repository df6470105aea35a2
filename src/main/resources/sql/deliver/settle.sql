-- Ends a claim: the delivery's state, the permits, the attempt and what is known of the target, in one statement. Fenced by the claim's number.
-- in: id, claim, outcome (done found absent onward later away throttled again unsure pause hold), failure (refused unanswered expired, or null),
--     remoteId, found (what this call found out for the next one of the same delivery, or null), final (a cancelled request is not taken up again; or null), reason, wait (s, or null for the back-off), closedFor (s until the target wants to be called again, or null),
--     available (points left in the target's bucket, as it tells, or null), othersAnswered,
--     patience (attempts), breaks (calls without an answer until the breaker opens), settles (s), grace (s),
--     verb, status, request, answer, sentence, path, took (s from before the start was written to the end of the call, or null), connection, now
-- out: state, attempts, alert (what a person should be told, or null)
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  before as materialized (
    select d.id, d.message_id, d.entity_id, d.lane_id, d.state, d.called_at, d.unsure_since, d.attempts, d.cancel, l.doubtful, e.name,
           -- whose fault: it counts only if, between its last failure and this try, the target did answer another delivery
           :#outcome::text in ('again', 'unsure', 'away') and :#othersAnswered::boolean as counts,
           -- the target is not well; of a call that was made before its last answer it says nothing
           (:#outcome::text = 'away' or :#outcome::text = 'unsure' and coalesce(:#${variable.status}::int, 599) >= 500)
             and d.called_at >= coalesce(s.succeeded_at, '-infinity') as silent,
           :#outcome::text in ('done', 'found', 'absent', 'onward') as succeeded,
           d.called_at is not null and :#${variable.failure}::text is null and :#${variable.status}::int < 500 as answered,
           greatest(l.quiet_at, '-infinity') as quiet_at,
           -- its slot counts from the call's end, however long it took to write it down
           least((select at from clock), d.called_at + make_interval(secs => :#${variable.took}::float8)) as ended_at
    from orderweir.delivery d
    join orderweir.lane l on l.id = d.lane_id
    join orderweir.entity e on e.id = d.entity_id
    left join orderweir.connection_state s on s.connection = d.connection
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
             -- the first of two calls is made: the next one follows
             when :#outcome::text = 'onward' then 'ready'
             else case when b.unsure_since is null then 'ready' else 'unsure' end
           end as to_state,
           (select at from clock) + coalesce(
             make_interval(secs => :#${variable.wait}::float8),
             case when :#outcome::text = 'onward' then interval '0' end,
             -- about half a second, each a little different: the breaker is what spares a target that is away
             case when :#outcome::text = 'away' and not b.counts then interval '0.3 second' + random() * interval '0.4 second' end,
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
        failed_at = case when :#outcome::text in ('later', 'away', 'throttled', 'again', 'unsure', 'hold') then (select at from clock) else d.failed_at end,
        remote_id = coalesce(:#${variable.remoteId}::text, d.remote_id),
        found = :#${variable.found}::jsonb,
        final = n.to_state = 'delivered' and n.cancel and coalesce(:#${variable.final}::boolean, false),
        reason = case when n.to_state = 'superseded' then 'the target has nothing of it to cancel' else :#${variable.reason}::text end
    from next n
    where d.id = n.id
    returning d.id, d.lane_id, d.state, d.attempts),
  quieted as (
    update orderweir.lane l
    set quiet_at = greatest(l.quiet_at, (select at from clock) + make_interval(secs => :#settles::float8))
    from settled s
    -- a look-up changes nothing, whether it is answered or not
    where l.id = s.lane_id and :#outcome::text = 'unsure' and :#verb::text <> 'find'
    returning l.id),
  assured as (
    -- what an earlier delivery of the lane had left open is settled: the target has nothing
    update orderweir.lane l
    set doubtful = false
    from next n
    where l.id = n.lane_id and n.doubtful and n.unsure_since is null and :#outcome::text = 'absent' and n.to_state in ('ready', 'superseded')
    returning l.id),
  freed as (
    -- unsure: the target may work on it until it settles; without any answer the request may be under way for the grace
    update orderweir.permit p
    set free_at = case
          when b.called_at is null and b.state = 'sending' then (select at from clock)
          when :#outcome::text <> 'unsure' then b.ended_at + a.window_length
          when a.window_length = interval '0' then (select at from clock) + make_interval(secs => :#settles::float8)
          when :#${variable.status}::int is not null then b.ended_at + a.window_length
          else b.ended_at + a.window_length + make_interval(secs => :#grace::float8)
        end,
        delivery_id = null,
        claim = null
    from orderweir.allowance a
    cross join before b
    where a.connection = :#connection and p.connection = a.connection and p.limit_name = a.limit_name
      and p.delivery_id = :#id and p.claim = :#claim
      and (a.leak is null or b.called_at is null)
    returning p.slot),
  tightened as (
    -- a bucket: this call is in it, too; what the target tells takes the place of our count, with less only when it had seen every call we have settled
    -- a refusal: of the limits per window the shortest, else the calls at once, goes back to what it took, or to a half if it did not take even that
    update orderweir.allowance a
    set emptied_at = case
          when a.leak is null then a.emptied_at
          when t.used is null then greatest(a.emptied_at, t.arrived_by) + a.leak
          when a.charged_at < t.called_at then t.arrived_by + a.leak * greatest(1, t.used)
          else greatest(greatest(a.emptied_at, t.arrived_by) + a.leak, t.arrived_by + a.leak * t.used)
        end,
        charged_at = case when a.leak is null then a.charged_at else greatest(a.charged_at, t.arrived_by) end,
        opened = case when not t.refused then a.opened when a.opened > a.good then a.good else greatest(1, coalesce(a.opened, a.slots) / 2) end,
        good = case when not t.refused then a.good when a.opened > a.good then a.good else greatest(1, coalesce(a.opened, a.slots) / 2) end,
        raise_at = case when not t.refused then a.raise_at else at + coalesce(make_interval(secs => :#${variable.closedFor}::float8), interval '0')
          + case when a.window_length = interval '0' then interval '5 seconds' else a.window_length end end,
        -- what had been claimed already may still be refused, which says nothing new
        slowed_at = case when t.refused then at + interval '0.2 second' else a.slowed_at end
    from (
      select l.limit_name, b.called_at,
             at + case when :#outcome::text = 'unsure' and :#${variable.status}::int is null then make_interval(secs => :#grace::float8) else interval '0' end as arrived_by,
             case when :#${variable.available}::float8 is not null
                  then greatest(0, l.slots + l.spared - floor(:#${variable.available}::float8 / l.cost)) end as used,
             :#outcome::text = 'throttled' and b.called_at >= l.slowed_at
               and row_number() over (order by l.window_length = interval '0', l.window_length, l.limit_name) = 1 as refused
      from orderweir.allowance l
      cross join before b
      cross join clock
      where l.connection = :#connection and b.called_at is not null) t
    cross join clock
    where a.connection = :#connection and a.limit_name = t.limit_name and (a.leak is not null or t.refused)
    returning a.limit_name, a.leak, a.emptied_at),
  bucket as materialized (
    -- slots of buckets that no other call holds: our own and used ones come back one leak after the other, the last when the bucket is empty
    select p.limit_name, p.slot, p.free_at, p.delivery_id is not null as own, t.leak, t.emptied_at
    from tightened t
    join orderweir.permit p on p.connection = :#connection and p.limit_name = t.limit_name
    where t.leak is not null and (p.delivery_id = :#id and p.claim = :#claim or p.delivery_id is null and :#${variable.available}::float8 is not null)
    order by p.limit_name, p.slot
    for update of p),
  charged as (
    update orderweir.permit p
    set free_at = k.back_at,
        delivery_id = null,
        claim = null
    from (
      select limit_name, slot,
             emptied_at - leak * (row_number() over (partition by limit_name order by own desc, free_at desc, slot) - 1) as back_at
      from bucket) k
    where p.connection = :#connection and p.limit_name = k.limit_name and p.slot = k.slot
    returning p.slot),
  noted as (
    insert into orderweir.attempt (delivery_id, claim, started_at, ended_at, outcome, verb, status, reason, request, answer)
    select b.id, :#claim::int, b.called_at, at, :#outcome::text, :#verb::text, :#${variable.status}::int, :#${variable.reason}::text, :#${variable.request}::text, :#${variable.answer}::text
    from before b
    cross join clock
    where b.called_at is not null),
  felt as (
    -- the breaker opens after so many calls without an answer, one after the other, and closes with the first answer
    update orderweir.connection_state s
    set succeeded_at = case when b.succeeded then greatest(s.succeeded_at, b.called_at) else s.succeeded_at end,
        failures = case when b.answered then 0 when b.silent then s.failures + 1 else s.failures end,
        away_since = case when b.answered then null when b.silent and s.failures + 1 >= :#breaks::int then coalesce(s.away_since, at) else s.away_since end,
        closed = case when b.answered then false when b.silent and s.failures + 1 >= :#breaks::int then :#${variable.failure}::text is not distinct from 'refused' else s.closed end,
        probe_at = case
          when b.answered then null
          when b.silent and s.failures + 1 >= :#breaks::int then at + (
            -- one hundredth of a day's calls as fast as an outage is healed, and as many again spread over the day
            select case when s.probes_on is distinct from (at at time zone 'UTC')::date or s.probes * 100 < coalesce(min(a.slots), 2147483647)
                        then interval '0.4 second' + random() * interval '0.2 second'
                        else interval '1 day' * 100 / min(a.slots) end
            from orderweir.allowance a
            where a.connection = :#connection and a.window_length >= interval '1 day')
          else s.probe_at
        end,
        opens_at = greatest(s.opens_at, at + make_interval(secs => :#${variable.closedFor}::float8)),
        paused_at = case when :#outcome::text = 'pause' then coalesce(s.paused_at, at) else s.paused_at end,
        reason = case when :#outcome::text = 'pause' and s.paused_at is null then :#${variable.reason}::text else s.reason end
    from before b
    cross join clock
    where s.connection = :#connection
      and (b.silent or :#outcome::text = 'pause' or :#${variable.closedFor}::float8 is not null
           or b.answered and (s.failures > 0 or s.away_since is not null or b.succeeded and s.succeeded_at < b.called_at - interval '1 second'))
    returning s.paused_at),
  held as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint, answer_status, answer)
    select n.message_id, n.id,
           case when :#outcome::text = 'hold' then :#${variable.reason}::text else 'tries-used-up' end,
           coalesce(:#${variable.sentence}::text, concat('Order ', n.name, ': ', :#${variable.reason}::text, ', and so it was at all of ',
             n.attempts + 1, ' tries, while other orders went through. Release it to try again.')),
           f.path,
           concat_ws('|', :#connection::text, case when :#outcome::text = 'hold' then :#${variable.reason}::text else 'tries-used-up' end, f.path), :#${variable.status}::int, :#${variable.answer}::text
    from next n
    join settled s on s.id = n.id and s.state = 'held'
    -- of any other outcome the path is that of the request, another one each time
    cross join (select case when :#outcome::text = 'hold' then :#${variable.path}::text end as path) f
    returning sentence)
select s.state, s.attempts,
       -- of the calls that are refused together one tells
       coalesce((select sentence from held), (select :#${variable.reason}::text from felt where :#outcome::text = 'pause' and paused_at = (select at from clock))) as alert
from settled s
