-- What a change would do to what waits now, a sentence for each class that would be gone, and for each account.
-- in: classes (that gates.yaml has then), gone (connections that are not configured any more)   out: sentence
select format('%s of the class ''%s'' %s at gates, and gates.yaml has no such class any more: they would be asked for as if they were in stock', case when count(*) = 1 then '1 line' else count(*) || ' lines' end,
         b.class, case when count(*) = 1 then 'waits' else 'wait' end) as sentence
from orderweir.build b
where b.class <> all (?::text[]) and exists (select from orderweir.delivery d where d.build_id = b.id and d.state = 'gated')
group by b.class
union all
select format('%s for the connection ''%s'', which is not configured any more: nobody would make them', case when count(*) = 1 then '1 delivery waits' else count(*) || ' deliveries wait' end, d.connection)
from orderweir.delivery d
where d.connection = any (?::text[]) and d.state in ('gated', 'ready', 'unsure', 'held')
group by d.connection
order by 1
