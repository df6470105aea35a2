-- Begins a test call of a connection, with one permit of every limit: {call, waitMillis}. A permit that is free within p_ahead is taken and waited for: deliveries
-- look less far ahead, so that a person has her turn beside a backlog. Without permits {why, againAt}: why is limit (all are taken),
-- closed (the target wants no calls until then), unstated (its limits are not written yet) or restored (the ledger does not know the calls of its last window).
-- A paused connection may be tested, and one whose target is away.
create or replace function test_take(p_connection text, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  opens timestamptz := (select s.opens_at from orderweir.connection_state s where s.connection = p_connection);
  taken orderweir.granted;
  again timestamptz;
begin
  if not orderweir.origin_is_known() then
    return jsonb_build_object('why', 'restored', 'againAt', p_at + interval '30 seconds');
  elsif (select count(*) from orderweir.allowance a where a.connection = p_connection) < greatest(1, p_limits) then
    return jsonb_build_object('why', 'unstated', 'againAt', p_at + interval '30 seconds');
  elsif opens > p_at then
    return jsonb_build_object('why', 'closed', 'againAt', opens);
  end if;
  select * into taken from orderweir.permits_take(p_connection, 1, p_ahead, p_lease, p_settles, p_limits, p_at);
  if found then
    insert into orderweir.call (id, purpose, connection, port, verb, repeatable, claimed_at, leased_until, replica)
    values (taken.call_id, 'test', p_connection, 'test', 'test', true, p_at, taken.starts_at + p_lease, p_replica);
    return jsonb_build_object('call', taken.call_id, 'waitMillis', ceil(extract(epoch from taken.starts_at - p_at) * 1000));
  end if;
  select max(case when a.opened is null then first.free_at else greatest(first.free_at, (
           select b.free_at from orderweir.permit b
           where b.connection = a.connection and b.limit_name = a.limit_name and b.free_at > p_at
           order by b.free_at
           offset greatest(0, (
             select count(*) from orderweir.permit n where n.connection = a.connection and n.limit_name = a.limit_name and n.free_at > p_at) - a.opened)
           limit 1)) end) into again
  from orderweir.allowance a
  cross join lateral (
    select min(q.free_at) as free_at from orderweir.permit q where q.connection = a.connection and q.limit_name = a.limit_name) first
  where a.connection = p_connection;
  -- free in this instant, and somebody else is taking it
  return jsonb_build_object('why', 'limit', 'againAt', greatest(again, p_at + interval '1 second'));
end $$;
