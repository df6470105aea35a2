-- Takes an open hold under its entity's lock.
create or replace function hold_take(p_hold bigint, p_seen text) returns orderweir.hold language plpgsql as $$
declare
  taken orderweir.hold;
  owner bigint;
begin
  select m.entity_id into owner from orderweir.hold h join orderweir.message m on m.id = h.message_id where h.id = p_hold;
  if not found then
    raise exception 'There is no hold %.', p_hold using errcode = 'OW404';
  end if;
  perform orderweir.entity_lock(owner);
  select * into taken from orderweir.hold where id = p_hold for update;
  if taken.closed_at is not null then
    raise exception '%', orderweir.hold_closed_words(taken) using errcode = 'OW409';
  end if;
  if p_seen <> orderweir.entity_seen(owner) then
    raise exception 'The order has changed since you looked at it. Look at it again, then release it.' using errcode = 'OW409';
  end if;
  return taken;
end $$;
