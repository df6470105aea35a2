-- Begins the call that reads back up to p_most records of a connection; no row where it is not the time for it (check_begin).
create or replace function totals_take(p_connection text, p_most int, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns table (call bigint, starts_at timestamptz, port text, records jsonb) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  taken orderweir.granted;
  lanes bigint[];
begin
  if not orderweir.totals_are_due(p_connection, p_most, p_at) then
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
  taken := orderweir.check_begin(p_connection, (select l.port from orderweir.lane l where l.id = lanes[1]), 'totals', p_ahead, p_lease, p_settles, p_limits, p_replica, p_at);
  if taken.call_id is null then
    return;
  end if;
  update orderweir.lane set read_call = taken.call_id where id = any (lanes);
  return query
  select taken.call_id, taken.starts_at, max(l.port), jsonb_agg(l.remote_id order by l.id) from orderweir.lane l where l.id = any (lanes);
end $$;
