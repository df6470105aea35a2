-- Signals that wait for their order, the oldest first, a page at a time.
-- in: how many, how many before   out: one row per signal
select m.id as message, m.connection, s.kind, coalesce(p.canonical ->> 'order', p.canonical ->> 'reference', p.canonical ->> 'about') as names, p.canonical ->> 'line' as line,
       s.at, s.amount::text, s.currency, m.captured_at as since, s.due_at as until, m.reason, s.evidence
from orderweir.signal s
join orderweir.message m on m.id = s.message_id
join orderweir.payload p on p.message_id = m.id
where s.state = 'waiting'
order by m.id
limit ? offset ?
