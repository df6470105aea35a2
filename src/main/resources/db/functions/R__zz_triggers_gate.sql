-- A gate that opens is waited for no longer, one that closes is (L1).
create or replace trigger gate_note_turned before update on gate
  for each row when ((old.opened_at is null) <> (new.opened_at is null)) execute function gate_note_turned();

-- The books follow what waits at each gate, and what is late there (L1).
create or replace trigger gate_tally_moved after update on gate referencing old table as before new table as after for each statement execute function tally_moved_gates();
