-- Whether a type of events is of a kind; one that nobody declared is of none. In this language its plan is kept: it is asked for each message that is noted.
create or replace function type_is(p_type text, p_kind text) returns boolean language plpgsql stable as $$
begin
  return exists (select from orderweir.event_type t where t.type = p_type and t.kind = p_kind);
end $$;
