-- The days of the capacity calendars from yesterday on that have slots, those of one calendar after the other.
-- in: how many   out: one row per day
select calendar, day, slots, taken
from orderweir.calendar_day
where slots > 0 and day >= (clock_timestamp() - interval '1 day')::date
order by calendar, day
limit ?
