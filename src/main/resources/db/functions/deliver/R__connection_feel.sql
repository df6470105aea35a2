-- What ended calls tell of their targets (who gives tokens is another one), for all replicas: the breaker opens after so many calls without an answer, one after the other, and closes with
-- the first answer; a target that wants no calls for a while, or refuses us, gets none. Returns the reason once for each connection that is paused by it.
create or replace function connection_feel(p_ends orderweir.call_end[], p_at timestamptz) returns table (call bigint, reason text) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  told record;
  last_told text;
  silent boolean;
begin
  for told in
    select e.*,
           e.outcome in ('done', 'found', 'absent', 'onward') as succeeded, e.called_at is null and e.outcome = 'done' as needless,
           e.failure is null and coalesce(e.status < 500, false) as answered,
           e.because = 'away' or e.outcome = 'unsure' and (coalesce(e.status, 599) >= 500 or e.failure in ('cut', 'page')) as unwell
    from unnest(p_ends) e
    where e.purpose <> 'token' and (e.called_at is not null and not e.expired or e.outcome in ('pause', 'done'))
    order by e.connection, e.ended_at, e.call
  loop
    -- the target is not well; of a call that was made before its last answer it says nothing
    silent := coalesce(told.unwell, false) and exists (
      select from orderweir.connection_state s where s.connection = told.connection and told.called_at >= s.succeeded_at);
    continue when not (silent or told.outcome = 'pause' or told.closed_for is not null) and not ((told.answered or told.needless) and exists (
      select from orderweir.connection_state s
      where s.connection = told.connection and (s.failures > 0 or s.away_since is not null or told.succeeded and s.succeeded_at < told.called_at - interval '1 second')));
    update orderweir.connection_state s
    set succeeded_at = case when told.succeeded and told.called_at is not null then greatest(s.succeeded_at, told.called_at) else s.succeeded_at end,
        failures = case when told.purpose <> 'deliver' then s.failures when told.answered then 0 when silent then s.failures + 1 else s.failures end,
        away_since = case
          when told.purpose <> 'deliver' then s.away_since
          when told.answered then null
          when silent and s.failures + 1 >= told.breaks then coalesce(s.away_since, p_at)
          else s.away_since
        end,
        closed = case
          when told.answered then false
          when told.purpose = 'deliver' and silent and s.failures + 1 >= told.breaks then told.failure is not distinct from 'refused'
          else s.closed
        end,
        probe_at = case
          -- a person's test of a target that is away was answered: a delivery is tried at once
          when told.purpose <> 'deliver' then case when told.answered and s.away_since is not null then least(s.probe_at, p_at) else s.probe_at end
          -- it had the try that was due, and made no call
          when told.needless then case when s.away_since is not null then least(s.probe_at, p_at) end
          when told.answered then null
          when silent and s.failures + 1 >= told.breaks then orderweir.connection_probe_at(s.connection, s.probes, s.probes_on, p_at)
          else s.probe_at
        end,
        opens_at = greatest(s.opens_at, p_at + make_interval(secs => told.closed_for)),
        -- whoever tests a connection decides herself
        paused_at = case when told.outcome = 'pause' and told.purpose <> 'test' then coalesce(s.paused_at, p_at) else s.paused_at end,
        reason = case when told.outcome = 'pause' and told.purpose <> 'test' and s.paused_at is null then coalesce(told.reason, 'refused without a reason') else s.reason end
    where s.connection = told.connection;
    -- of the calls that are refused together one tells
    if told.outcome = 'pause' and told.purpose = 'deliver' and last_told is distinct from told.connection then
      last_told := told.connection;
      return query
      select told.call, told.reason from orderweir.connection_state s where s.connection = told.connection and s.paused_at = p_at;
    end if;
  end loop;
end $$;
