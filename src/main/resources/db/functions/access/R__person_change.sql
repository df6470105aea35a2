-- Gives a person another role, or locks her out with every key she holds; what is null stays as it is.
create or replace function person_change(p_name text, p_role text, p_locked boolean) returns jsonb language plpgsql as $$
declare
  changed orderweir.person;
begin
  update orderweir.person p
  set role = coalesce(p_role, p.role),
      locked_at = case when p_locked then coalesce(p.locked_at, clock_timestamp()) when not p_locked then null else p.locked_at end
  where p.name = p_name
  returning * into changed;
  if not found then
    raise exception 'There is no person %.', p_name using errcode = 'OW404';
  end if;
  if p_locked then
    delete from orderweir.key k where k.person = p_name;
  end if;
  return jsonb_build_object('person', p_name, 'role', changed.role, 'locked', changed.locked_at is not null,
    'answer', case when changed.locked_at is not null then format('%s may not enter any more.', p_name) else format('%s may enter as %s.', p_name, changed.role) end);
exception
  when check_violation then
    raise exception 'There is no role %. There are viewer, operator, integrator, admin.', p_role using errcode = 'OW422';
end $$;
