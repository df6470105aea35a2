-- A hold that a newer version has closed says which one, so that whoever releases or discards it too late reads it in the refusal.
create or replace function message_newer(p_message bigint) returns text language sql stable as $$
  select format('%s, which came at %s as %s', coalesce('the version of ' || orderweir.utc(m.version), 'an event that is not understood'), orderweir.utc(m.captured_at), m.ce_id)
  from orderweir.message m where m.id = p_message
$$;
