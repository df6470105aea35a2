-- What was seen of the captured logs when they were last looked at, and which record each expects next. The broker is asked after it, so that its logs can only have grown.
-- in: nothing   out: seen, a JSON array of {topic, partition, expected (or null), known {topicId, end, next, mark (ms, or null), markAt}} as text
select coalesce(jsonb_agg(jsonb_build_object('topic', l.topic, 'partition', l.partition, 'expected', i.next_offset, 'known', orderweir.intake_seen(l))), '[]')::text as seen
from orderweir.captured_log l
left join orderweir.intake i using (topic, partition)
