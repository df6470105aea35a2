-- Writes a calendar and its days, half a year from today on; see db/migration/V012__signals.sql.
-- in (body): calendar, zone, lead, slots, weekdays, closed; now   out: nothing
select orderweir.set_calendar(:#calendar::text, :#zone::text, :#lead::int, :#slots::int, :#weekdays::int[], :#closed::date[], 183,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp()))
