-- Takes back what a dead process had taken: what it had not called yet is ready again, what it had called is unsure until it is looked up. Dead is whose session
-- has ended, and whose lease has. p_connections: array of {connection, reaches (s an unanswered call may take to arrive), settles (s)}. Returns one row per delivery.
create or replace function calls_expire(p_connections jsonb, p_replica int, p_at timestamptz) returns table (call bigint, delivery_id bigint, state text) language plpgsql as $$
#variable_conflict use_column
declare
  dead bigint[];
  ends orderweir.call_end[];
begin
  dead := array(
    select c.id from orderweir.call c
    where c.leased_until < p_at
      -- after a restart of the database the others are given the time to come back
      or c.replica is not null
        and exists (select from orderweir.replica r where r.number = p_replica and r.since < p_at - interval '3 seconds')
        and not exists (select from orderweir.replica r where r.number = c.replica)
    order by c.leased_until
    limit 1000);
  if cardinality(dead) = 0 then
    return;
  end if;
  -- whoever ends one of them just now, or takes it back as well, comes first
  perform from orderweir.entity n
  where n.id = any (orderweir.calls_orders(dead))
  order by n.connection, n.type, n.key
  for update;
  perform from orderweir.delivery d where d.call_id = any (dead) order by d.id for update;
  with gone as materialized (
    select * from orderweir.call where id = any (dead) order by id for update skip locked)
  select array_agg(row(c.id, c.purpose, c.connection, c.port, c.verb, c.repeatable, c.claimed_at, c.called_at, c.replica, p_at,
      n.arrived_by, n.arrived_by + make_interval(secs => s.settles), true, case when c.called_at is null then 'later' else 'unsure' end, case when c.called_at is null then 'not-now' end, null, null,
      'the process that made the call ended before the answer', null, null, null, 0, null, null, null, null, null, s.settles, null, null, null, null, null, null, case when c.purpose = 'check' then '{}'::jsonb end, null, null)::orderweir.call_end)
  into ends
  from gone c
  join jsonb_to_recordset(p_connections) as s (connection text, reaches float8, settles float8) using (connection)
  -- the last moment at which a request may have reached the target
  cross join lateral (select least(c.leased_until, greatest(p_at, c.called_at + make_interval(secs => s.reaches))) as arrived_by) n;
  return query select x.call, x.delivery_id, x.state from orderweir.calls_settle(ends, p_at) x;
end $$;
