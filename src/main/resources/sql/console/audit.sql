-- What people changed, the newest first, a page at a time.
-- in: person or null (twice), subject or null (twice), the last row of the page before or null, how many   out: one row per change
select a.id, a.at, a.by, a.action, a.subject, a.detail, encode(a.hash, 'hex') as hash
from orderweir.audit a
where (?::text is null or a.by = ?) and (?::text is null or a.subject = ?) and a.id < coalesce(?::bigint, 9223372036854775807)
order by a.id desc
limit ?
