-- Gives back a slot that is not needed any more, or else books the next one; see db/functions/calendar/R__slot_return_next.sql.
-- in: now   out: done, or no row when there is nothing to do
select done
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) clock
cross join lateral (select coalesce(orderweir.slot_return_next(), orderweir.slot_book_next(at)) as done) d
where done is not null
