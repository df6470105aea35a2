-- Gives the permits of a test call back by the rules of every other call, and keeps how long the target wants no more calls. p_called_at null: nothing has left this machine.
-- A target that is away and answered is tried with a delivery at once. Whether the connection is paused is left to people.
create or replace function test_end(p_test bigint, p_connection text, p_called_at timestamptz, p_took float8, p_outcome text, p_status int, p_closed_for float8,
  p_settles float8, p_grace float8, p_at timestamptz) returns void language plpgsql as $$
declare
  ended timestamptz := least(p_at, p_called_at + make_interval(secs => p_took));
  reached_by timestamptz := p_at + make_interval(secs => case when p_outcome = 'unsure' and p_status is null then p_grace else 0 end);
begin
  -- a bucket: this call is in it, too
  update orderweir.allowance a
  set emptied_at = greatest(a.emptied_at, reached_by) + a.leak, charged_at = greatest(a.charged_at, reached_by)
  where a.connection = p_connection and a.leak is not null and p_called_at is not null
    and exists (select from orderweir.permit t where t.connection = a.connection and t.limit_name = a.limit_name and t.delivery_id = -p_test and t.claim = 0);
  update orderweir.permit t
  set free_at = case
        when p_called_at is null then p_at
        when a.leak is not null then a.emptied_at
        when p_outcome <> 'unsure' then ended + a.window_length
        when a.window_length = interval '0' then p_at + make_interval(secs => p_settles)
        when p_status is not null then ended + a.window_length
        else ended + a.window_length + make_interval(secs => p_grace)
      end,
      delivery_id = null, claim = null
  from orderweir.allowance a
  where a.connection = p_connection and t.connection = a.connection and t.limit_name = a.limit_name and t.delivery_id = -p_test and t.claim = 0;
  update orderweir.connection_state s
  set opens_at = greatest(s.opens_at, p_at + make_interval(secs => p_closed_for)),
      closed = s.closed and not coalesce(p_status < 500, false),
      probe_at = case when s.away_since is not null and p_status < 500 then least(s.probe_at, p_at) else s.probe_at end
  where s.connection = p_connection and (p_closed_for is not null or s.away_since is not null and p_status < 500);
end $$;
