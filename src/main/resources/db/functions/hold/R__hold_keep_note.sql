-- Refuses every change of a note.
create or replace function hold_keep_note() returns trigger language plpgsql as $$
begin
  raise exception 'A note stays as it was written. Write another one.' using errcode = 'OW409';
end $$;
