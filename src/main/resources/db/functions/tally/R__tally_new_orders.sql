-- An order counts from when it has a name: what was named by its delivery alone, because it could not be understood, is none yet.
create or replace function tally_new_orders() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, n)
  select t.book, o.connection, t.state, o.n
  from (select connection, count(*) as n from after where type = any (array(select t.type from orderweir.event_type t where t.kind = 'order')) and name is not null group by connection) o
  cross join lateral (values ('order', ''), ('hour', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24'))) as t (book, state);
  return null;
end $$;
