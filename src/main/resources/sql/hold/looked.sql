-- Why a delivery was held before somebody looked for it at the target, with what the look found: nothing.
-- in: id (the delivery), label, cannot (why nobody could look, or null)   out: reason, sentence, field
select h.reason, h.path as field,
       concat(regexp_replace(h.sentence, ' Looked for at [0-9]{4}-.*$', ''), ' Looked for at ', orderweir.utc(clock_timestamp()), ': ',
         coalesce(:#${variable.cannot}::text, concat(:#${variable.label}::text, ' does not have it.'))) as sentence
from orderweir.delivery d
join orderweir.hold h on h.message_id = d.message_id and h.delivery_id = d.id
where d.id = :#${variable.id}::bigint
order by h.id desc
limit 1
