-- A partition as it was when it was looked at last: whoever looks asks the ledger first and the broker then, and compares only where nobody has looked since.
create or replace function intake_seen(p_log orderweir.captured_log) returns jsonb language sql immutable as $$
  select jsonb_build_object('topicId', p_log.topic_id, 'end', p_log.end_offset, 'next', p_log.next_offset, 'mark', p_log.mark_time, 'markAt', p_log.mark_offset)
$$;
