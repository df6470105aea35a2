-- Begins the call that asks a shop of up to p_most orders whether somebody there holds or schedules their goods (check_begin); no row where nothing is to be asked. The longest waiting first.
-- What cannot leave yet for another reason has its turn when it can (plan_refresh_waits). Should that have been just while it was looked at, it has it after half the time that it has waited, five minutes
-- at the latest; turns that were given while a gate was looked at are taken first.
create or replace function goods_ask(p_connection text, p_port text, p_most int, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns table (call bigint, starts_at timestamptz, port text, records jsonb) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  due orderweir.gate;
  turn text;
  orders bigint[] := '{}';
  builds bigint[] := '{}';
  taken orderweir.granted;
begin
  -- what is being asked keeps its turn until it is answered: the news may be younger than the answer
  with
    given as materialized (
      select t.id, g.build_id, g.name
      from orderweir.turn_given t join orderweir.gate g on g.build_id = t.build_id and g.name = t.gate
      where t.at <= p_at and g.rule ->> 'asks' = p_connection and g.asked_call is null
      order by t.id
      limit 200
      for update skip locked),
    over as (
      delete from orderweir.turn_given t using given n where t.id = n.id)
  update orderweir.gate g set turn_at = p_at
  from (select distinct n.build_id, n.name from given n) n
  where g.build_id = n.build_id and g.name = n.name and g.turn_at > p_at;
  for due in
    select g.* from orderweir.gate g
    where g.rule ->> 'asks' = p_connection and g.turn_at <= p_at and g.asked_call is null
    order by g.turn_at, g.build_id
    limit 200
    for update skip locked
  loop
    turn := orderweir.goods_turn(due);
    if turn = 'now' then
      orders := orders || (select b.entity_id from orderweir.build b where b.id = due.build_id and b.entity_id <> all (orders));
      exit when cardinality(array_remove(orders, null)) > p_most;
      builds := builds || due.build_id;
    else
      update orderweir.gate set turn_at = case turn when 'later' then p_at + greatest(interval '5 seconds', least(interval '5 minutes',
        (p_at - (select b.created_at from orderweir.build b where b.id = due.build_id)) / 2)) end,
        parts = case turn when 'later' then parts end
      where build_id = due.build_id and name = due.name;
    end if;
  end loop;
  if cardinality(builds) = 0 then
    return;
  end if;
  taken := orderweir.check_begin(p_connection, p_port, 'held', p_ahead, p_lease, p_settles, p_limits, p_replica, p_at);
  if taken.call_id is null then
    return;
  end if;
  update orderweir.gate g set asked_call = taken.call_id where g.build_id = any (builds) and g.rule ->> 'asks' = p_connection;
  return query
  select taken.call_id, taken.starts_at, p_port, jsonb_agg(distinct substr(e.key, length(e.connection) + 2))
  from orderweir.build b join orderweir.entity e on e.id = b.entity_id where b.id = any (builds);
end $$;
