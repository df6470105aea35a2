-- The open holds by cause, the most frequent first.
-- in: nothing   out: one row per fingerprint with the newest sentence
select fingerprint, count(*) as holds, min(opened_at) as since, max(opened_at) as newest, min(reason) as reason,
       (array_agg(sentence order by opened_at desc))[1] as sentence, (array_agg(path order by opened_at desc))[1] as path
from orderweir.hold
where closed_at is null
group by fingerprint
order by count(*) desc, min(opened_at)
limit 100
