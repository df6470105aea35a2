-- How deep each queue was and how far behind, minute by minute, at most 240 points per connection: of longer times every so many minutes.
-- in: since (twice), until   out: one row per connection and point, the oldest first
select connection, to_timestamp(floor(extract(epoch from at) / p.seconds) * p.seconds) as at,
       max(due + blocked + unsure) as waiting, max(due) as due, max(gated) as gated, max(held) as held, max(lag_seconds) as "lagSeconds", sum(delivered) as delivered
from orderweir.sample
cross join (select greatest(60, ceil(extract(epoch from clock_timestamp() - ?::timestamptz) / 240 / 60) * 60) as seconds) p
where at >= ?::timestamptz and at < ?::timestamptz
group by 1, 2
order by 2, 1
