-- Gives back a slot that is not needed any more, or else books the next one; see db/migration/V012__signals.sql.
-- in: now   out: done, or no row when there is nothing to do
select done
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) clock
cross join lateral (select coalesce(orderweir.return_next_slot(), orderweir.book_next_slot(at)) as done) d
where done is not null
