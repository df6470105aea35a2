-- A signal names nothing that is known yet: it waits, more patiently the longer it has waited, and when its time is over it goes to a person; not where no money moved.
create or replace function signal_wait(heard orderweir.signal, p_name text, p_at timestamptz) returns jsonb language plpgsql as $$
begin
  if heard.due_at <= p_at and heard.kind in ('authorized', 'payment-failed') then
    delete from orderweir.signal where message_id = heard.message_id;
    update orderweir.message set reason = format('nothing of the name %s came', p_name) where id = heard.message_id;
    return jsonb_build_object('message', heard.message_id, 'answer', 'nothing of the name ' || p_name);
  elsif heard.due_at <= p_at then
    return orderweir.signal_hold(heard, 'unknown-order', format('A %s names %s, and nothing of that name came until %s. Correct it and release it, release it to wait again, or discard it.',
      orderweir.signal_word(heard.kind), p_name, orderweir.utc(heard.due_at)));
  end if;
  update orderweir.signal
  set next_at = p_at + least(interval '1 minute', greatest(interval '1 second', (p_at - (heard.due_at - interval '24 hours')) / 4), heard.due_at - p_at)
  where message_id = heard.message_id;
  update orderweir.message set reason = format('waits for %s, until %s', p_name, orderweir.utc(heard.due_at)) where id = heard.message_id;
  return jsonb_build_object('message', heard.message_id, 'answer', 'waits for ' || p_name);
end $$;
