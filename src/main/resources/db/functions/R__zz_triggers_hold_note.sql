-- What people wrote of a hold stays as it was written (L9).
create or replace trigger hold_note_stays before update or delete on hold_note for each row execute function hold_keep_note();
