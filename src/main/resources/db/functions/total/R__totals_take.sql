-- Begins the call that reads back up to p_most records of a connection, with one permit of every limit; no row where it is not the time for it. A permit that is free within p_ahead is
-- taken and waited for: deliveries look less far ahead, so that it has its turn beside them. While the target is away a delivery finds out when it is back, or this where there is none.
create or replace function totals_take(p_connection text, p_most int, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns table (call bigint, starts_at timestamptz, port text, records jsonb) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  target orderweir.connection_state;
  taken orderweir.granted;
  lanes bigint[];
begin
  if not orderweir.totals_are_due(p_connection, p_most, p_at) then
    return;
  end if;
  select * into target from orderweir.connection_state where connection = p_connection;
  if target.paused_at is not null or target.opens_at > p_at or not orderweir.origin_is_known() or target.away_since is not null and (
      target.closed or target.probe_at > p_at or exists (select from orderweir.delivery d where d.connection = p_connection and d.claimable)) then
    return;
  end if;
  lanes := array(
    select l.id from orderweir.lane l
    where l.id = any (array(select w.id from orderweir.totals_waiting(p_connection, p_most, p_at) w)) and l.read_call is null
      and l.port = (select w.port from orderweir.totals_waiting(p_connection, 1, p_at) w)
    order by l.id
    for update skip locked);
  if cardinality(lanes) = 0 then
    return;
  end if;
  select * into taken from orderweir.permits_take(p_connection, 1, p_ahead, p_lease, p_settles, p_limits, p_at);
  if not found then
    return;
  end if;
  update orderweir.connection_state set probe_at = p_at + p_lease where connection = p_connection and away_since is not null;
  update orderweir.lane set read_call = taken.call_id where id = any (lanes);
  insert into orderweir.call (id, purpose, connection, port, verb, repeatable, claimed_at, leased_until, replica)
  select taken.call_id, 'check', p_connection, l.port, 'totals', true, p_at, taken.starts_at + p_lease, p_replica from orderweir.lane l where l.id = lanes[1];
  return query
  select taken.call_id, taken.starts_at, max(l.port), jsonb_agg(l.remote_id order by l.id) from orderweir.lane l where l.id = any (lanes);
end $$;
