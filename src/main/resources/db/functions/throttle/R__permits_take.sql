-- Takes one permit of every limit of a connection for each of up to p_most calls, all of them or none for a call; of every purpose, from all replicas.
-- A permit that is free within p_ahead is taken and waited for. Returns the new calls' numbers and when each may start; whoever asked writes the call.
create or replace function permits_take(p_connection text, p_most int, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_at timestamptz)
returns setof orderweir.granted language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  -- a slowed limit: one more is tried first, then each time twice as many more as the last
  update orderweir.allowance a
  set good = case when a.opened < a.slots then a.opened end,
      opened = case when a.opened < a.slots then least(a.slots, a.opened + greatest(1, 2 * (a.opened - a.good))) end,
      raise_at = case when a.opened < a.slots then p_at + case when a.window_length = interval '0' then interval '5 seconds' else a.window_length end / 8 end,
      slowed_at = p_at
  -- who ends a call of it just now has it, and will raise it no less: whoever takes waits for nobody
  from (
    select connection, limit_name from orderweir.allowance where connection = p_connection and raise_at <= p_at for update skip locked) r
  where a.connection = r.connection and a.limit_name = r.limit_name;
  return query
  with
    free as materialized (
      select a.limit_name, a.window_length, p.slot, p.priority, p.free_at
      from orderweir.allowance a
      cross join lateral (
        select q.slot, q.priority, q.free_at from orderweir.permit q
        where q.connection = a.connection and q.limit_name = a.limit_name and q.free_at <= p_at + p_ahead
        order by q.free_at
        limit least(p_most, case when a.opened is not null then greatest(0, a.opened - (
          select count(*) from orderweir.permit b where b.connection = a.connection and b.limit_name = a.limit_name and b.free_at > p_at)) end)
        for update skip locked) p
      where a.connection = p_connection),
    numbered as materialized (
      select f.*, row_number() over (partition by f.limit_name order by f.free_at, f.slot) as n from free f),
    complete as materialized (
      select n, greatest(p_at, max(free_at)) as starts_at, max(priority) as priority
      from numbered
      group by n
      -- a limit that is configured and not yet written keeps everything back
      having count(*) = greatest((select count(*) from orderweir.allowance where connection = p_connection), p_limits)),
    calls as materialized (
      select c.n, nextval('orderweir.call_number') as id, c.starts_at, c.priority from complete c),
    taken as (
      -- a concurrency slot stays taken for as long as the target may work on a call whose caller died
      update orderweir.permit p
      set free_at = c.starts_at + p_lease + greatest(f.window_length, case when f.window_length = interval '0' then p_settles else interval '0' end),
          holder = c.id
      from calls c
      join numbered f using (n)
      where p.connection = p_connection and p.limit_name = f.limit_name and p.slot = f.slot)
  select c.id, c.starts_at, c.priority from calls c order by c.n;
end $$;
