-- What was seen of the captured logs when they were last looked at.
-- in: nothing   out: marks, a JSON array of {topic, partition, end, mark (ms, or null)} as text
select coalesce(jsonb_agg(jsonb_build_object('topic', topic, 'partition', partition, 'end', end_offset, 'mark', mark_time)), '[]')::text as marks
from orderweir.captured_log
