-- Ends a key, so that what it opened is closed at once: a session, a token, a link.
create or replace function key_end(p_key bigint) returns jsonb language plpgsql as $$
declare
  ended orderweir.key;
begin
  delete from orderweir.key k where k.id = p_key returning * into ended;
  if not found then
    raise exception 'There is no key %.', p_key using errcode = 'OW404';
  end if;
  return jsonb_build_object('person', ended.person, 'key', p_key, 'kind', ended.kind, 'label', ended.label,
    'answer', format('The %s%s of %s opens nothing any more.', ended.kind, coalesce(' ''' || ended.label || '''', ''), ended.person));
end $$;
