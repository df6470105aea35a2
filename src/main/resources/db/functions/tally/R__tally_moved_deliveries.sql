-- Books what a statement moved of deliveries, by the connection they go to.
create or replace function tally_moved_deliveries() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, due, n)
  select 'delivery', m.connection, m.state, m.claimable, sum(m.n)
  from (
    select connection, state, claimable, -1 as n from before
    union all
    select connection, state, claimable, 1 from after) m
  group by m.connection, m.state, m.claimable
  having sum(m.n) <> 0;
  return null;
end $$;
