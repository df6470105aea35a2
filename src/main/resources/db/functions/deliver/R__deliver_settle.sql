-- What ended calls mean for their deliveries: each gets its next state, and its lane what is known of the target. Whoever calls it holds the orders' rows
-- and the deliveries. Returns one row per delivery, with the hold's sentence where it went to the Error Hold bin.
create or replace function deliver_settle(p_ends orderweir.call_end[], p_at timestamptz)
returns table (call bigint, delivery_id bigint, outcome text, state text, attempts int, sentence text) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
begin
  -- before anything of the lanes is settled: a look-up changes nothing, whether it is answered or not; of what a target may have taken, or in part, nobody knows what it has
  update orderweir.lane l
  set quiet_at = case when e.outcome = 'unsure' then greatest(l.quiet_at, e.works_until) else l.quiet_at end, sent = null
  from unnest(p_ends) e
  join orderweir.delivery d on d.call_id = e.call
  where l.id = d.lane_id and e.outcome in ('unsure', 'onward', 'hold') and e.called_at is not null and e.verb <> 'find'
    and (e.outcome = 'unsure' or l.sent is not null and (e.outcome = 'onward' or coalesce(e.status < 400, true)));
  return query
  with
    next as materialized (select * from orderweir.deliver_next_states(p_ends)),
    settled as (
      update orderweir.delivery d
      set state = n.to_state,
          head = n.to_state not in ('delivered', 'confirmed', 'superseded'),
          call_id = case when n.to_state = 'unsure' then d.call_id end,
          unsure_since = case n.to_state when 'unsure' then coalesce(n.unsure_since, p_at) when 'held' then n.unsure_since end,
          done_at = case when n.to_state in ('delivered', 'confirmed', 'superseded') then p_at end,
          due_at = orderweir.deliver_due_again(n.outcome, n.because, n.counts, n.wait, n.longest_wait, n.attempts, n.called_at, n.quiet_at, n.unsure_since, n.due_at, p_at),
          looked_at = case
            when n.known and (n.outcome = 'found' or n.outcome = 'absent' and n.called_at >= n.quiet_at) then p_at
            when n.known and n.outcome = 'unsure' and n.verb <> 'find' then null
            else d.looked_at
          end,
          attempts = d.attempts + case when n.counts then 1 else 0 end,
          circles = case when n.to_state = 'held' then 0 else n.circles end,
          failed_at = case when n.outcome in ('later', 'unsure', 'hold') and not n.expired then p_at else d.failed_at end,
          remote_id = coalesce(n.remote_id, d.remote_id),
          sent = n.sent,
          found = case when n.expired then d.found else n.found end,
          final = n.to_state = 'delivered' and n.cancel and coalesce(n.final, false),
          reason = case when n.to_state = 'superseded' then 'the target has nothing of it to cancel'
                        when n.to_state = 'held' and n.outcome = 'onward' then 'it went round in circles' else n.reason end
      from next n
      where d.id = n.id
      returning d.id, d.state, d.attempts),
    assured as (
      -- what an earlier delivery of the lane had left open is settled: the target has nothing
      update orderweir.lane l set doubtful = false from next n
      where l.id = n.lane_id and n.doubtful and n.unsure_since is null and n.outcome = 'absent' and n.to_state in ('ready', 'superseded')),
    held as (
      insert into orderweir.hold as h (message_id, delivery_id, reason, sentence, path, fingerprint, answer_status, answer)
      select n.message_id, n.id, f.reason,
             -- what goes on may have been refused before: that sentence is not why it is held
             coalesce(case when n.outcome <> 'onward' then n.sentence end,
               orderweir.deliver_held_words(n.outcome, n.entity_id, n.connection, n.port, n.verb, n.step, n.circles, n.reason, n.attempts + 1)),
             f.path, concat_ws('|', n.connection, f.reason, f.path), n.status, n.answer
      from next n
      join settled s on s.id = n.id and s.state = 'held'
      -- a field is at fault only where the target said so
      cross join lateral (select case n.outcome when 'hold' then n.reason when 'onward' then 'in-circles' else 'tries-used-up' end as reason, case when n.outcome = 'hold' then n.path end as path) f
      returning h.delivery_id, h.sentence)
  select n.call, s.id, n.outcome, s.state, s.attempts::int, h.sentence
  from settled s join next n using (id) left join held h on h.delivery_id = s.id;
end $$;
