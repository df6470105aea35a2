-- Puts what waits behind a gate into the Error Hold bin: nobody will open it as it is.
create or replace function gate_hold(p_gate orderweir.gate, p_kind text, p_sentence text) returns int language plpgsql as $$
declare
  held int;
begin
  with stopped as (
    update orderweir.delivery set state = 'held', reason = p_kind
    where build_id = p_gate.build_id and state = 'gated' and p_gate.name = any (behind)
    returning id, message_id, connection),
  told as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint)
    select message_id, id, p_kind, p_sentence, p_gate.name, concat_ws('|', connection, p_kind, p_gate.name) from stopped
    returning id)
  select count(*) into held from told;
  return held;
end $$;
