-- Books messages when they are taken in, by the partition they came from.
create or replace function tally_new_messages() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, partition, state, n)
  select t.book, m.topic, m.partition, t.state, t.n
  from (select topic, partition, state, count(*) as n, sum(repeats) as repeats, sum(planned) as planned from after group by topic, partition, state) m
  cross join lateral (values ('message', m.state, m.n), ('repeat', '', m.repeats), ('planned', '', m.planned)) as t (book, state, n)
  where t.n <> 0;
  return null;
end $$;
