-- Books an order when it gets its name: until then it was known by its delivery alone.
create or replace function tally_named_order() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, n)
  values ('order', new.connection, '', 1), ('hour', new.connection, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24'), 1);
  return null;
end $$;
