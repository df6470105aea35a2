-- Which accounts have sent nothing for an hour, though the same hour of each of the last seven days had some; told until something comes.
create or replace function alert_silence_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select 'silence', 'silence|' || a.connection, a.connection, format('%s has sent nothing since %s. At this hour it always did.', coalesce(a.label, a.connection),
         orderweir.alert_clock(to_timestamp(600 * (1 + (select max(r.bucket) from orderweir.arrival r where r.connection = a.connection))), p)), 1
  from jsonb_to_recordset(p -> 'connections') as a (connection text, label text)
  cross join (select floor(extract(epoch from p_at) / 600)::bigint as now) step
  where not exists (select from orderweir.arrival r where r.connection = a.connection and r.bucket >= step.now - 6)
    and (exists (select from orderweir.alert known where known.cause = 'silence|' || a.connection and known.state <> 'over')
      or not exists (
        select from generate_series(1, 7) as day
        where not exists (
          select from orderweir.arrival r
          where r.connection = a.connection and r.bucket between step.now - 6 - day * 144 and step.now - 1 - day * 144)))
$$;
