-- Which deliveries of those waiting get one of the permits that were taken, and which: a permit that is kept for a priority goes to it first, the others to whoever
-- is more urgent and longer due.
create or replace function deliver_pair(p_waiting bigint[], p_granted orderweir.granted[]) returns table (id bigint, call_id bigint, starts_at timestamptz) language sql stable as $$
  with
    reserved as (
      select priority, count(*) as slots from unnest(p_granted) where priority is not null group by priority),
    placed as (
      select d.id, d.priority, d.due_at, row_number() over (partition by d.priority order by d.due_at, d.id) as place
      from orderweir.delivery d where d.id = any (p_waiting)),
    chosen as (
      select p.id, row_number() over (order by p.place <= coalesce(r.slots, 0) desc, p.priority, p.due_at, p.id) as n
      from placed p
      left join reserved r using (priority))
  select c.id, g.call_id, g.starts_at from chosen c join unnest(p_granted) with ordinality as g (call_id, starts_at, priority, n) using (n)
$$;
