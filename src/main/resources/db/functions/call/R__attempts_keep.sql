-- Attempts are kept by the day (UTC): a day is dropped whole, which leaves no holes in tables or indexes.
-- Makes the days up to the one after tomorrow and drops those that ended more than p_keep ago; returns how many it dropped.
create or replace function attempts_keep(p_keep interval, p_at timestamptz default clock_timestamp()) returns int language plpgsql as $$
declare
  day date;
  old record;
  dropped int := 0;
begin
  perform set_config('lock_timeout', '2s', true);
  for day in select generate_series((p_at at time zone 'UTC')::date, (p_at at time zone 'UTC')::date + 2, interval '1 day')::date loop
    if to_regclass('orderweir.attempt_' || to_char(day, 'YYYYMMDD')) is null then
      execute format('create table orderweir.attempt_%s (like orderweir.attempt including all)', to_char(day, 'YYYYMMDD'));
      -- what came while nobody made days lies in the default one
      execute format($move$
        with moved as (delete from orderweir.attempt_default where started_at >= %1$L and started_at < %2$L returning *)
        insert into orderweir.attempt_%3$s select * from moved$move$,
        day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC', to_char(day, 'YYYYMMDD'));
      execute format('alter table orderweir.attempt attach partition orderweir.attempt_%s for values from (%L) to (%L)',
        to_char(day, 'YYYYMMDD'), day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
  end loop;
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'orderweir.attempt'::regclass and c.relname ~ '^attempt_\d{8}$'
      and ((to_date(substr(c.relname, 9), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC') < p_at - p_keep
  loop
    execute format('drop table orderweir.%I', old.relname);
    dropped := dropped + 1;
  end loop;
  delete from orderweir.attempt_default where started_at < p_at - p_keep;
  return dropped;
end $$;
