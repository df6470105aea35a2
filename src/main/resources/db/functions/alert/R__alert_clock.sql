-- Time of day in the zone of those who read it, with the day when it is another one.
create or replace function alert_clock(p_when timestamptz, p jsonb) returns text language sql stable as $$
  select to_char(p_when at time zone (p ->> 'zone'), case when p_when > clock_timestamp() - interval '12 hours' then 'HH24:MI' else 'YYYY-MM-DD HH24:MI' end)
$$;
