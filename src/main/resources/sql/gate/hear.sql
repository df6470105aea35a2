-- Hears the next signal; see db/functions/signal/R__signal_hear_next.sql.
-- in: now   out: no row when there is none, else message, answer and, where a person is needed, sentence
select heard -> 'message' as message, heard ->> 'answer' as answer, heard ->> 'sentence' as sentence
from orderweir.signal_hear_next(coalesce(:#${variable.now}::timestamptz, clock_timestamp())) as heard
where heard is not null
