-- Writes a calendar and its days, half a year from today on; see db/functions/calendar/R__calendar_set.sql.
-- in: calendar, zone, lead, slots, weekdays, closed (of the body), now   out: one empty row
select orderweir.calendar_set(:#calendar::text, :#zone::text, :#lead::int, :#slots::int, :#weekdays::int[], :#closed::date[], 183,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp()))
