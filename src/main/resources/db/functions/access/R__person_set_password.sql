-- Sets the password of whoever holds the link; every session and token of that person ends.
create or replace function person_set_password(p_link bytea, p_password text) returns jsonb language plpgsql as $$
declare
  of_whom text;
begin
  delete from orderweir.key k where k.hash = p_link and k.kind = 'link' and k.expires_at > clock_timestamp() returning k.person into of_whom;
  if not found then
    raise exception 'This link was used already, or is over. An admin makes a new one.' using errcode = 'OW404';
  end if;
  update orderweir.person p set password = p_password where p.name = of_whom;
  delete from orderweir.key k where k.person = of_whom;
  return jsonb_build_object('person', of_whom, 'answer', format('%s has set a password.', of_whom));
end $$;
