-- Books what a statement moved of gates that are waited for: waiting, late, opened.
create or replace function tally_moved_gates() returns trigger language plpgsql as $$
begin
  insert into orderweir.tally (book, place, state, n)
  select 'gate', g.name, g.state, sum(g.n)
  from (
    select name, case when late_at is null then 'waiting' else 'late' end as state, -1 as n from before where waited_for
    union all
    select name, case when late_at is null then 'waiting' else 'late' end, 1 from after where waited_for) g
  group by g.name, g.state
  having sum(g.n) <> 0;
  return null;
end $$;
