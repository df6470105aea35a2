-- Books deliveries when they are planned.
create or replace function tally_new_deliveries() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, due, n)
  select 'delivery', connection, state, claimable, count(*) from after group by connection, state, claimable;
  return null;
end $$;
