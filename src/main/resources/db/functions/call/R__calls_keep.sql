-- Makes the days (UTC) of the call log up to the one after tomorrow and drops those that ended more than p_keep ago: a day is dropped whole, which leaves no
-- holes in tables or indexes. Returns how many it dropped.
create or replace function calls_keep(p_keep interval, p_at timestamptz) returns int language plpgsql as $$
declare
  log text;
  day date;
  old record;
  dropped int := 0;
begin
  perform set_config('lock_timeout', '2s', true);
  foreach log in array array['call_log', 'call_item'] loop
    for day in select generate_series((p_at at time zone 'UTC')::date, (p_at at time zone 'UTC')::date + 2, interval '1 day')::date loop
      if to_regclass(format('orderweir.%s_%s', log, to_char(day, 'YYYYMMDD'))) is null then
        execute format('create table orderweir.%1$s_%2$s (like orderweir.%1$s including all)', log, to_char(day, 'YYYYMMDD'));
        -- what came while nobody made days lies in the default one
        execute format($move$
          with moved as (delete from orderweir.%4$s_default where ended_at >= %1$L and ended_at < %2$L returning *)
          insert into orderweir.%4$s_%3$s select * from moved$move$,
          day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC', to_char(day, 'YYYYMMDD'), log);
        execute format('alter table orderweir.%1$s attach partition orderweir.%1$s_%2$s for values from (%3$L) to (%4$L)',
          log, to_char(day, 'YYYYMMDD'), day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
      end if;
    end loop;
    for old in
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = format('orderweir.%s', log)::regclass and c.relname ~ ('^' || log || '_\d{8}$')
        and ((to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC') < p_at - p_keep
    loop
      execute format('drop table orderweir.%I', old.relname);
      dropped := dropped + 1;
    end loop;
    execute format('delete from orderweir.%s_default where ended_at < %L', log, p_at - p_keep);
  end loop;
  return dropped;
end $$;
