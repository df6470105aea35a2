-- Lets a new person in, with a role; she sets her password by a link. The name is taken once.
create or replace function person_add(p_name text, p_role text) returns jsonb language plpgsql as $$
begin
  insert into orderweir.person (name, role) values (p_name, p_role);
  return jsonb_build_object('person', p_name, 'role', p_role, 'answer', format('%s may enter as %s, with a link that sets a password.', p_name, p_role));
exception
  when unique_violation then
    raise exception 'There is a person % already.', p_name using errcode = 'OW409';
  when check_violation or not_null_violation then
    raise exception 'A person has a name of one line with at most 80 characters, and one of the roles viewer, operator, integrator, admin.' using errcode = 'OW422';
end $$;
