-- A signal is not understood as it is: it waits for a person.
create or replace function signal_hold(p_signal orderweir.signal, p_reason text, p_sentence text) returns jsonb language plpgsql as $$
begin
  -- a released signal begins anew
  delete from orderweir.signal where message_id = p_signal.message_id;
  update orderweir.message set state = 'held', reason = p_reason where id = p_signal.message_id;
  insert into orderweir.hold (message_id, reason, sentence, fingerprint)
  select p_signal.message_id, p_reason, p_sentence, concat_ws('|', m.connection, p_reason) from orderweir.message m where m.id = p_signal.message_id;
  return jsonb_build_object('message', p_signal.message_id, 'sentence', p_sentence);
end $$;
