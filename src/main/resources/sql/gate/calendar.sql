-- Writes the days of a calendar, half a year from today on; see db/migration/V012__signals.sql.
-- in (body): calendar, zone, slots, weekdays, closed; now   out: nothing
select orderweir.set_calendar(:#calendar::text, :#zone::text, :#slots::int, :#weekdays::int[], :#closed::date[], 183,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp()))
