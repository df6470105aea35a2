-- The first day of a calendar that has a slot free, or null.
create or replace function calendar_free_day(p_calendar orderweir.calendar, p_at timestamptz) returns date language sql stable as $$
  select day from orderweir.calendar_day
  where calendar = p_calendar.name and day >= (p_at at time zone p_calendar.zone)::date + p_calendar.lead and taken < slots
  order by day limit 1
$$;
