-- Begins a call that only reads something of a connection, with one permit of every limit; null where it is not the time for it. A permit that is free within p_ahead is taken and waited for:
-- deliveries look less far ahead, so that it has its turn beside them. While the target is away a delivery finds out when it is back, or this where there is none.
create or replace function check_begin(p_connection text, p_port text, p_verb text, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns orderweir.granted language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  target orderweir.connection_state;
  taken orderweir.granted;
begin
  select * into target from orderweir.connection_state where connection = p_connection;
  if target.paused_at is not null or target.opens_at > p_at or not orderweir.origin_is_known() or orderweir.token_is_dead(p_connection, p_at) or target.away_since is not null and (
      target.closed or target.probe_at > p_at or exists (select from orderweir.delivery d where d.connection = p_connection and d.claimable)) then
    return null;
  end if;
  select * into taken from orderweir.permits_take(p_connection, 1, p_ahead, p_lease, p_settles, p_limits, p_at);
  if not found then
    return null;
  end if;
  update orderweir.connection_state set probe_at = p_at + p_lease where connection = p_connection and away_since is not null;
  insert into orderweir.call (id, purpose, connection, port, verb, repeatable, claimed_at, leased_until, replica)
  values (taken.call_id, 'check', p_connection, p_port, p_verb, true, p_at, taken.starts_at + p_lease, p_replica);
  return taken;
end $$;
