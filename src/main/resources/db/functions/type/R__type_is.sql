-- Whether a type of events is of a kind; one that nobody declared is of none.
create or replace function type_is(p_type text, p_kind text) returns boolean language sql stable as $$
  select exists (select from orderweir.event_type t where t.type = p_type and t.kind = p_kind)
$$;
