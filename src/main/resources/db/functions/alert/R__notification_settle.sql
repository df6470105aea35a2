-- What ended calls mean for the messages they carried. A message that may have left is sent again only where a second one does no harm.
create or replace function notification_settle(p_ends orderweir.call_end[], p_at timestamptz) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  update orderweir.notification n
  set state = e.next_state,
      call_id = null,
      attempts = n.attempts + case when e.expired then 0 else 1 end,
      -- exponential with jitter, at most five minutes
      due_at = p_at + case when e.expired then interval '0' else coalesce(make_interval(secs => e.closed_for), (0.5 + random() / 2) * least(interval '5 minutes', interval '2 seconds' * power(2, least(n.attempts, 9)))) end,
      ended_at = case when e.next_state <> 'ready' then p_at end,
      status = e.status,
      reason = case when e.next_state <> 'sent' then coalesce(e.reason, e.failure) end,
      answer = left(e.answer, 2000),
      remote_id = e.remote_id
  from (
    select u.*,
           case
             when u.outcome in ('done', 'found') then 'sent'
             when u.outcome = 'hold' then 'failed'
             when u.outcome = 'unsure' and u.called_at is not null and not u.repeatable then 'unsure'
             else 'ready'
           end as next_state
    from unnest(p_ends) u
    where u.purpose = 'tell') e
  where n.call_id = e.call and n.state = 'sending';
end $$;
