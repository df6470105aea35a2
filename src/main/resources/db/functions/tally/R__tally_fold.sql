-- Folds the rows of each key into one; returns how many rows it folded. One process at a time; the sums are the same before and after.
create or replace function tally_fold() returns int language plpgsql as $$
declare
  folded int;
begin
  if not pg_try_advisory_xact_lock(hashtext('orderweir.tally')) then
    return 0;
  end if;
  with many as materialized (
    select array_agg(ctid) as rows from orderweir.tally group by book, place, partition, state, due having count(*) > 1),
  gone as (
    delete from orderweir.tally
    where ctid = any (array(select unnest(rows) from many)) or book = 'hour' and state < to_char((now() - interval '49 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24')
    returning book, place, partition, state, due, n),
  kept as (
    insert into orderweir.tally (book, place, partition, state, due, n)
    select book, place, partition, state, due, sum(n) from gone
    where book <> 'hour' or state >= to_char((now() - interval '49 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24')
    group by book, place, partition, state, due
    having sum(n) <> 0)
  select count(*) into folded from gone;
  return folded;
end $$;
