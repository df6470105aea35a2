-- Gives a person who may enter a key, for so long; of links that set a password only the newest opens anything.
create or replace function key_give(p_person text, p_kind text, p_label text, p_hash bytea, p_for interval) returns jsonb language plpgsql as $$
declare
  given orderweir.key;
begin
  -- the newest link is the only one
  delete from orderweir.key k where p_kind = 'link' and k.person = p_person and k.kind = 'link';
  insert into orderweir.key (hash, person, kind, label, expires_at)
  select p_hash, p.name, p_kind, p_label, clock_timestamp() + p_for
  from orderweir.person p
  where p.name = p_person and p.locked_at is null
  returning * into given;
  if not found then
    raise exception 'There is no person % who may enter.', p_person using errcode = 'OW404';
  end if;
  return jsonb_build_object('person', p_person, 'key', given.id, 'kind', p_kind, 'label', p_label, 'expiresAt', orderweir.utc(given.expires_at),
    'answer', case p_kind when 'link' then format('A link that sets a password of %s, once, until %s.', p_person, orderweir.utc(given.expires_at))
      else format('A token ''%s'' of %s, until %s.', p_label, p_person, orderweir.utc(given.expires_at)) end);
end $$;
