-- One permit of every limit of a connection for a test call, all or none: {test, waitMillis, leasedUntil}. A permit that is free within p_ahead is taken and waited for:
-- claims look less far ahead, so that a person has her turn beside a backlog. Without permits {why, againAt}: why is limit (all are taken),
-- closed (the target wants no calls until then), unstated (its limits are not written yet) or restored (the ledger does not know the calls of its last window).
-- A paused connection may be tested, and one whose target is away.
create or replace function test_begin(p_connection text, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  opens timestamptz := (select s.opens_at from orderweir.connection_state s where s.connection = p_connection);
  stated int := (select count(*) from orderweir.allowance a where a.connection = p_connection);
  number bigint;
  starts timestamptz;
  again timestamptz;
begin
  if not exists (
    select from orderweir.origin o join pg_control_system() h on h.system_identifier = o.system_identifier
    where o.timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)) then
    return jsonb_build_object('why', 'restored', 'againAt', p_at + interval '30 seconds');
  elsif stated < greatest(1, p_limits) then
    return jsonb_build_object('why', 'unstated', 'againAt', p_at + interval '30 seconds');
  elsif opens > p_at then
    return jsonb_build_object('why', 'closed', 'againAt', opens);
  end if;
  number := nextval('orderweir.test_call');
  with
    free as materialized (
      select a.limit_name, a.window_length, f.slot, f.free_at
      from orderweir.allowance a
      cross join lateral (
        select q.slot, q.free_at from orderweir.permit q
        where q.connection = a.connection and q.limit_name = a.limit_name and q.free_at <= p_at + p_ahead
          -- a limit that was slowed down
          and (a.opened is null or a.opened > (
            select count(*) from orderweir.permit b where b.connection = a.connection and b.limit_name = a.limit_name and b.free_at > p_at))
        order by q.free_at
        limit 1
        for update skip locked) f
      where a.connection = p_connection),
    agreed as materialized (
      select greatest(p_at, max(free_at)) as at from free having count(*) = stated),
    taken as (
      update orderweir.permit t
      set free_at = g.at + p_lease + greatest(f.window_length, case when f.window_length = interval '0' then p_settles else interval '0' end),
          delivery_id = -number, claim = 0
      from free f
      cross join agreed g
      where t.connection = p_connection and t.limit_name = f.limit_name and t.slot = f.slot
      returning t.slot)
  select max(g.at) into starts from agreed g cross join taken;
  if starts is not null then
    return jsonb_build_object('test', number, 'waitMillis', ceil(extract(epoch from starts - p_at) * 1000), 'leasedUntil', starts + p_lease);
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
