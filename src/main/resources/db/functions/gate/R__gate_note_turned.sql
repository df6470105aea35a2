-- A gate that opens is waited for no longer; one that closes is, if something stands behind it.
create or replace function gate_note_turned() returns trigger language plpgsql as $$
begin
  new.waited_for := new.opened_at is null and orderweir.gate_is_waited_for(new.build_id, new.name);
  return new;
end $$;
