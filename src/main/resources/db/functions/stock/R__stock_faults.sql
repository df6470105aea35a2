-- Finds pools whose numbers are not the sums of their entries.
-- out: the pool, and the channel where it is one's
create or replace function stock_faults() returns table (pool text, connection text) language sql stable as $$
  select s.pool, null
  from orderweir.stock s
  left join lateral (
    select coalesce(sum(e.on_hand), 0) as on_hand, coalesce(sum(e.open), 0) as open, coalesce(sum(e.given - e.orders + e.cancels), 0) as granted
    from orderweir.stock_entry e where e.pool = s.pool) e on true
  where (s.on_hand, s.open, s.granted) is distinct from (e.on_hand, e.open, e.granted)
  union all
  select g.pool, g.connection
  from orderweir.stock_grant g
  left join lateral (
    select coalesce(sum(e.given), 0) as given, coalesce(sum(e.orders), 0) as orders, coalesce(sum(e.cancels), 0) as cancels
    from orderweir.stock_entry e where e.pool = g.pool and e.connection = g.connection) e on true
  where (g.given, g.orders, g.cancels) is distinct from (e.given, e.orders, e.cancels)
$$;
