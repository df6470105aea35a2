-- What a signal of money is about, among what is heard of its order: one charge has one name, whoever tells of it and by whichever of its names, that of the payment that was heard first. What was
-- heard under another one, before anybody knew that it is the same, is told of this one. The order is locked.
create or replace function signal_charge(p_heard orderweir.signal, p_entity bigint) returns text language plpgsql as $$
declare
  mine text[] := orderweir.signal_names(p_heard.about, p_heard.evidence);
  named text;
begin
  if p_heard.amount is null then
    return p_heard.about;
  end if;
  select s.about into named from orderweir.signal s
  where s.entity_id = p_entity and s.state = 'heard' and s.amount is not null and s.message_id <> p_heard.message_id and orderweir.signal_names(s.about, s.evidence) && mine
  order by s.kind = 'payment' desc, s.message_id limit 1;
  named := coalesce(named, p_heard.about);
  update orderweir.signal s set about = named
  where s.entity_id = p_entity and s.state = 'heard' and s.amount is not null and s.kind <> 'payment' and s.about <> named and orderweir.signal_names(s.about, s.evidence) && (mine || named);
  return named;
end $$;
