-- When a delivery whose call ended at p_at is due again. p_wait: s that the target or the connector asked for; p_longest: s, otherwise.
create or replace function deliver_due_again(p_outcome text, p_because text, p_counts boolean, p_wait float8, p_longest float8, p_attempts int, p_called_at timestamptz, p_quiet_at timestamptz,
  p_unsure_since timestamptz, p_due_at timestamptz, p_at timestamptz) returns timestamptz language sql as $$
  select case
    -- what goes on at once keeps its place, before all that became due later
    when coalesce(p_wait, case when p_outcome in ('onward', 'found') then 0 end) = 0 then p_due_at
    when p_wait is not null then p_at + make_interval(secs => p_wait)
    -- about half a second, each a little different: the breaker is what spares a target that is away
    when p_because = 'away' and not p_counts then p_at + interval '0.3 second' + random() * interval '0.4 second'
    -- the target may still be working on it: three times as long after the call as this look, and for the last time when it no longer can
    when p_outcome = 'absent' and p_called_at < p_quiet_at then p_at + least(p_quiet_at - p_at, greatest(interval '1 second', (p_at - p_unsure_since) * (1.5 + random())))
    -- exponential, full jitter
    else p_at + random() * make_interval(secs => least(p_longest, power(2, least(p_attempts, 30))))
  end
$$;
