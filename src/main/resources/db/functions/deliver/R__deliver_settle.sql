-- What ended calls mean for their deliveries: each gets its next state, and its lane what is known of the target. Whoever calls it holds the orders' rows
-- and the deliveries. Returns one row per delivery, with the hold's sentence where it went to the Error Hold bin.
create or replace function deliver_settle(p_ends orderweir.call_end[], p_at timestamptz)
returns table (call bigint, delivery_id bigint, outcome text, state text, attempts int, sentence text) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  -- so many calls of a delivery, one after the other, may find nothing new
  most_circles constant int := 20;
begin
  -- before anything of the lanes is settled: a look-up changes nothing, whether it is answered or not
  update orderweir.lane l
  set quiet_at = greatest(l.quiet_at, e.works_until)
  from unnest(p_ends) e
  join orderweir.delivery d on d.call_id = e.call
  where l.id = d.lane_id and e.outcome = 'unsure' and e.called_at is not null and e.verb <> 'find';
  return query
  with
    before as materialized (
      select e.*, d.id, d.message_id, d.lane_id, d.unsure_since, d.due_at, d.attempts, d.cancel, l.doubtful, l.remote_id is not null as known, n.name as order_name,
             -- whose fault: it counts only if, between its last failure and this try, the target did answer another delivery
             (e.outcome = 'unsure' or e.because in ('busy', 'away')) and not e.expired and coalesce(e.others_answered, false) as counts,
             -- what goes on and found what it had found already may do so for ever
             case when e.outcome <> 'onward' then d.circles when e.found is not distinct from d.found then d.circles + 1 else 0 end as circles,
             greatest(l.quiet_at, '-infinity') as quiet_at
      from unnest(p_ends) e
      join orderweir.delivery d on d.call_id = e.call
      join orderweir.lane l on l.id = d.lane_id
      join orderweir.entity n on n.id = d.entity_id),
    next as materialized (
      select b.*,
             case
               when b.outcome = 'done' then 'delivered'
               -- whether the record of a lost change or cancel is there says nothing of the change: it is sent again (a look that sees what was wanted answers done)
               when b.known and b.outcome in ('found', 'absent') then 'unsure'
               -- found after a hold: it may be an older content, so the present one is sent as an update, or the cancel
               when b.outcome = 'found' then case when b.doubtful then 'ready' else 'confirmed' end
               when b.outcome = 'hold' or b.counts and b.attempts + 1 >= b.patience or b.outcome = 'onward' and b.circles >= most_circles then 'held'
               when b.outcome = 'unsure' then 'unsure'
               -- not found counts only when the look-up began after the target could no longer be working on the call
               when b.outcome = 'absent' and b.called_at >= b.quiet_at then case when b.cancel then 'superseded' else 'ready' end
               when b.outcome = 'absent' then 'unsure'
               -- one of several calls is made: the next one follows
               when b.outcome = 'onward' then 'ready'
               else case when b.unsure_since is null then 'ready' else 'unsure' end
             end as to_state,
             -- what goes on at once keeps its place, before all that became due later
             case when coalesce(b.wait, case when b.outcome in ('onward', 'found') then 0 end) = 0 then b.due_at else p_at + coalesce(
               make_interval(secs => b.wait),
               -- about half a second, each a little different: the breaker is what spares a target that is away
               case when b.because = 'away' and not b.counts then interval '0.3 second' + random() * interval '0.4 second' end,
               -- exponential, full jitter, at most five minutes
               -- the target may still be working on it: three times as long after the call as this look, and for the last time when it no longer can
               case when b.outcome = 'absent' and b.called_at < b.quiet_at
                 then least(b.quiet_at - p_at, greatest(interval '1 second', (p_at - b.unsure_since) * (1.5 + random()))) end,
               random() * least(interval '5 minutes', interval '1 second' * power(2, least(b.attempts, 9)))) end as retry_at
      from before b),
    settled as (
      update orderweir.delivery d
      set state = n.to_state,
          head = n.to_state not in ('delivered', 'confirmed', 'superseded'),
          call_id = case when n.to_state = 'unsure' then d.call_id end,
          unsure_since = case
            when n.to_state = 'unsure' then coalesce(n.unsure_since, p_at)
            when n.to_state = 'held' then n.unsure_since
          end,
          done_at = case when n.to_state in ('delivered', 'confirmed', 'superseded') then p_at end,
          due_at = n.retry_at,
          looked_at = case
            when n.known and (n.outcome = 'found' or n.outcome = 'absent' and n.called_at >= n.quiet_at) then p_at
            when n.known and n.outcome = 'unsure' and n.verb <> 'find' then null
            else d.looked_at
          end,
          attempts = d.attempts + case when n.counts then 1 else 0 end,
          circles = case when n.to_state = 'held' then 0 else n.circles end,
          failed_at = case when n.outcome in ('later', 'unsure', 'hold') and not n.expired then p_at else d.failed_at end,
          remote_id = coalesce(n.remote_id, d.remote_id),
          found = case when n.expired then d.found else n.found end,
          final = n.to_state = 'delivered' and n.cancel and coalesce(n.final, false),
          reason = case
            when n.to_state = 'superseded' then 'the target has nothing of it to cancel'
            when n.to_state = 'held' and n.outcome = 'onward' then 'it went round in circles'
            else n.reason
          end
      from next n
      where d.id = n.id
      returning d.id, d.lane_id, d.state, d.attempts),
    assured as (
      -- what an earlier delivery of the lane had left open is settled: the target has nothing
      update orderweir.lane l
      set doubtful = false
      from next n
      where l.id = n.lane_id and n.doubtful and n.unsure_since is null and n.outcome = 'absent' and n.to_state in ('ready', 'superseded')),
    held as (
      insert into orderweir.hold as h (message_id, delivery_id, reason, sentence, path, fingerprint, answer_status, answer)
      select n.message_id, n.id, f.reason,
             -- what goes on may have been refused before: that sentence is not why it is held
             coalesce(case when n.outcome <> 'onward' then n.sentence end, concat('Order ', n.order_name, ': ', case
               when n.outcome = 'onward' then concat(coalesce('step ' || n.step, concat(n.port, ' ', n.verb)), ' was called ', n.circles, ' times at ', n.connection,
                 ' and found nothing new, so it would go on for ever. Release it to try again. If it comes back, an integrator looks at this step of the connector (', n.port, ' ', n.verb,
                 '): every call must find something new, or say another outcome than onward.')
               else concat(n.reason, ', and so it was at all of ', n.attempts + 1, ' tries, while other orders went through. Release it to try again.')
             end)),
             f.path, concat_ws('|', n.connection, f.reason, f.path), n.status, n.answer
      from next n
      join settled s on s.id = n.id and s.state = 'held'
      -- a field is at fault only where the target said so
      cross join lateral (select case n.outcome when 'hold' then n.reason when 'onward' then 'in-circles' else 'tries-used-up' end as reason, case when n.outcome = 'hold' then n.path end as path) f
      returning h.delivery_id, h.sentence)
  select n.call, s.id, n.outcome, s.state, s.attempts::int, h.sentence
  from settled s
  join next n on n.id = s.id
  left join held h on h.delivery_id = s.id;
end $$;
