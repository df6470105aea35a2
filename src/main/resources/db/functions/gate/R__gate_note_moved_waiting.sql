-- A delivery begins or ends to wait at its gates: they are told.
create or replace function gate_note_moved_waiting() returns trigger language plpgsql as $$
begin
  perform orderweir.entity_lock(new.entity_id);
  perform orderweir.gate_note_waiting(array[new.build_id]);
  return null;
end $$;
