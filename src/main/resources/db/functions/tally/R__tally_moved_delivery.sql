-- Books what a delivery moved; by the row: most changes of a delivery are of one row, and many of them move nothing.
create or replace function tally_moved_delivery() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, due, n)
  values ('delivery', old.connection, old.state, old.claimable, -1), ('delivery', new.connection, new.state, new.claimable, 1);
  return null;
end $$;
