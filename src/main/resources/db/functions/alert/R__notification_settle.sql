-- Ends a claim of a notification; returns its state, or null when the claim was no longer the caller's. Outcomes are those of deliveries.
create or replace function notification_settle(p_id bigint, p_claim int, p_repeatable boolean, p_outcome text, p_failure text, p_status int, p_reason text, p_remote_id text, p_answer text,
  p_closed_for float8, p_took float8, p_settles float8, p_grace float8, p_at timestamptz) returns text language plpgsql as $$
declare
  sent orderweir.notification;
  ended timestamptz;
  next_state text;
begin
  select n.* into sent from orderweir.notification n where n.id = p_id and n.claims = p_claim and n.state = 'sending' for update;
  if not found then
    return null;
  end if;
  ended := least(p_at, sent.called_at + make_interval(secs => p_took));
  update orderweir.permit t
  set free_at = case
        when sent.called_at is null then p_at
        when p_outcome <> 'unsure' then ended + a.window_length
        when a.window_length = interval '0' then p_at + make_interval(secs => coalesce(p_settles, 0))
        when p_status is not null then ended + a.window_length
        else ended + a.window_length + make_interval(secs => coalesce(p_grace, 0))
      end,
      delivery_id = null, claim = null
  from orderweir.allowance a
  where a.connection = sent.connection and t.connection = a.connection and t.limit_name = a.limit_name and t.delivery_id = -p_id and t.claim = p_claim;
  next_state := case when p_outcome in ('done', 'found') then 'sent' when p_outcome = 'hold' then 'failed'
    when p_outcome = 'unsure' and sent.called_at is not null and not p_repeatable then 'unsure' else 'ready' end;
  update orderweir.notification n
  set state = next_state, leased_until = null, called_at = null, attempts = n.attempts + 1,
      -- exponential with jitter, at most five minutes
      due_at = p_at + coalesce(make_interval(secs => p_closed_for), (0.5 + random() / 2) * least(interval '5 minutes', interval '2 seconds' * power(2, least(n.attempts, 9)))),
      ended_at = case when next_state <> 'ready' then p_at end,
      status = p_status, reason = case when p_outcome not in ('done', 'found') then coalesce(p_reason, p_failure) end, answer = left(p_answer, 2000), remote_id = p_remote_id
  where n.id = p_id;
  update orderweir.connection_state s
  set opens_at = greatest(s.opens_at, p_at + make_interval(secs => p_closed_for)),
      succeeded_at = case when next_state = 'sent' then greatest(s.succeeded_at, p_at) else s.succeeded_at end,
      paused_at = case when p_outcome = 'pause' then coalesce(s.paused_at, p_at) else s.paused_at end,
      reason = case when p_outcome = 'pause' and s.paused_at is null then coalesce(p_reason, 'refused without a reason') else s.reason end
  where s.connection = sent.connection and (p_closed_for is not null or next_state = 'sent' or p_outcome = 'pause');
  return next_state;
end $$;
