-- Books what a statement moved of messages, with their repeats and planned deliveries, by the partition they came from.
create or replace function tally_moved_messages() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, partition, state, n)
  select t.book, m.topic, m.partition, t.state, sum(t.n)
  from (
    select topic, partition, state, -1 as n, -repeats as repeats, -planned as planned from before
    union all
    select topic, partition, state, 1, repeats, planned from after) m
  cross join lateral (values ('message', m.state, m.n), ('repeat', '', m.repeats), ('planned', '', m.planned)) as t (book, state, n)
  group by t.book, m.topic, m.partition, t.state
  having sum(t.n) <> 0;
  return null;
end $$;
