-- 15 min, 3 h, 4 days.
create or replace function alert_lasting_words(p_time interval) returns text language sql immutable as $$
  select case when extract(epoch from p_time) < 7200 then greatest(1, round(extract(epoch from p_time) / 60)) || ' min'
              when extract(epoch from p_time) < 172800 then round(extract(epoch from p_time) / 3600) || ' h'
              else round(extract(epoch from p_time) / 86400) || ' days' end
$$;
