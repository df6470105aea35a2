-- Writes a calendar and its days, half a year from today on; see db/migration/V012__signals.sql.
-- in: calendar, zone, lead, slots, weekdays, closed (of the body), now   out: one empty row
select orderweir.set_calendar(:#calendar::text, :#zone::text, :#lead::int, :#slots::int, :#weekdays::int[], :#closed::date[], 183,
  coalesce(:#${variable.now}::timestamptz, clock_timestamp()))
