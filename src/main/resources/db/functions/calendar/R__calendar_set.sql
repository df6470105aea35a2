-- Writes a calendar and its days from today on, in its zone: slots on the weekdays given (1 Monday .. 7 Sunday), none on closed days. What is taken stays.
create or replace function calendar_set(p_calendar text, p_zone text, p_lead int, p_slots int, p_weekdays int[], p_closed date[], p_days int,
  p_at timestamptz default clock_timestamp()) returns void language plpgsql as $$
begin
  insert into orderweir.calendar (name, zone, lead) values (p_calendar, p_zone, p_lead)
  on conflict (name) do update set zone = excluded.zone, lead = excluded.lead;
  insert into orderweir.calendar_day as c (calendar, day, slots)
  select p_calendar, d::date, case when extract(isodow from d) = any (p_weekdays) and d::date <> all (p_closed) then p_slots else 0 end
  from generate_series((p_at at time zone p_zone)::date, (p_at at time zone p_zone)::date + p_days - 1, interval '1 day') as d
  order by d
  on conflict (calendar, day) do update set slots = greatest(c.taken, excluded.slots)
  where c.slots <> greatest(c.taken, excluded.slots);
end $$;
