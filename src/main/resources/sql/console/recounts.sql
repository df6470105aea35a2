-- The last full countings of the books, the newest first.
-- in: most   out: one row per counting
select at, asked_by as by, round(1000 * extract(epoch from took)) as "tookMs", balanced, records, wrong_plans as "messagesWithWrongPlan", corrected, differences
from orderweir.recount
order by at desc
limit ?
