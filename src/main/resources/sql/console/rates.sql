-- How much came in and went out in the last minute, and how far process is behind; of the newest 6,000 messages at most.
-- in: nothing   out: takenPerMinute, behindMs (of what was taken in last), takenAt
with
  newest as materialized (
    select captured_at, appended_at from orderweir.message order by id desc limit 6000),
  minute as (
    select count(*) as n, min(appended_at) as since from newest where appended_at > clock_timestamp() - interval '1 minute')
select case when m.n = 6000 then round(6000 * 60 / greatest(0.001, extract(epoch from clock_timestamp() - m.since))) else m.n end as "takenPerMinute",
       l.appended_at as "takenAt", round(1000 * extract(epoch from l.appended_at - l.captured_at)) as "behindMs"
from minute m
left join (select captured_at, appended_at from newest limit 1) l on true
