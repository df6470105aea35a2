-- An amount as it is written, or null: a target may answer anything.
create or replace function total_number(p_text text) returns numeric language sql immutable as $$
  select case when p_text ~ '^-?[0-9]{1,20}([.][0-9]{1,20})?$' then p_text::numeric end
$$;
