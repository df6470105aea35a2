-- States one limit of a connection; new slots are born busy for one window. Repeat while before > slots (calls in flight keep their row).
-- in: connection, limitName, slots, window (s; 0 = calls at once), leak (s between two slots that come back; 0 = each after its own window),
--     spared (slots left to others), cost (points of a slot), shares (JSON array of {priority, slots}: kept for it while it has work), now
-- out: before, removed, added
with
  configured as materialized (
    select :#connection::text as connection, :#limitName::text as limit_name, :#slots::int as slots, make_interval(secs => :#window::float8) as window_length,
           nullif(make_interval(secs => :#leak::float8), interval '0') as leak, :#spared::int as spared, :#cost::int as cost, :#shares::jsonb as shares,
           coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  stated as (
    insert into orderweir.allowance (connection, limit_name, slots, window_length, leak, spared, cost)
    select connection, limit_name, slots, window_length, leak, spared, cost from configured
    on conflict (connection, limit_name) do update
    set slots = excluded.slots, window_length = excluded.window_length, leak = excluded.leak, spared = excluded.spared, cost = excluded.cost,
        opened = null, good = null, raise_at = null
    where (allowance.slots, allowance.window_length, allowance.leak, allowance.spared, allowance.cost)
      is distinct from (excluded.slots, excluded.window_length, excluded.leak, excluded.spared, excluded.cost)),
  known as (
    insert into orderweir.connection_state (connection) select connection from configured
    on conflict do nothing),
  present as materialized (
    select count(*) as slots from orderweir.permit where connection = (select connection from configured) and limit_name = (select limit_name from configured)),
  surplus as materialized (
    select slot from orderweir.permit
    where connection = (select connection from configured) and limit_name = (select limit_name from configured)
      and (holder is null or free_at <= (select at from configured))
    order by free_at, slot
    limit (select greatest(0, present.slots - configured.slots) from present, configured)
    for update),
  removed as (
    delete from orderweir.permit p using surplus s
    where p.connection = (select connection from configured) and p.limit_name = (select limit_name from configured) and p.slot = s.slot
    returning p.slot),
  shared as (
    select x.priority, x.slots, sum(x.slots) over (order by x.priority) as upto
    from configured c
    cross join jsonb_to_recordset(c.shares) as x (priority smallint, slots int)),
  marked as (
    update orderweir.permit p
    set priority = m.priority
    from (
      select q.slot, s.priority
      from orderweir.permit q
      left join shared s on q.slot > s.upto - s.slots and q.slot <= s.upto
      where q.connection = (select connection from configured) and q.limit_name = (select limit_name from configured) and q.priority is distinct from s.priority) m
    where p.connection = (select connection from configured) and p.limit_name = (select limit_name from configured) and p.slot = m.slot),
  added as (
    insert into orderweir.permit (connection, limit_name, slot, free_at, priority)
    select c.connection, c.limit_name, g.slot, (select at from configured) + c.window_length,
           (select s.priority from shared s where g.slot > s.upto - s.slots and g.slot <= s.upto)
    from configured c
    cross join generate_series(1, c.slots) as g (slot)
    where not exists (
      select from orderweir.permit p where p.connection = (select connection from configured) and p.limit_name = (select limit_name from configured) and p.slot = g.slot)
    order by g.slot
    limit (select greatest(0, configured.slots - present.slots) from present, configured)
    returning slot)
select (select slots from present) as before,
       (select count(*) from removed) as removed,
       (select count(*) from added) as added
