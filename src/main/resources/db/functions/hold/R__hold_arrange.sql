-- Says who cares for a hold or a whole group, until when it is to be done or out of sight, or writes a note. what: owner, due, snooze, note;
-- an empty value takes owner, due or snooze away. The answer says what is so now.
create or replace function hold_arrange(p_hold bigint, p_group text, p_by text, p_what text, p_value text) returns jsonb language plpgsql as $$
declare
  said text := nullif(trim(p_value), '');
  present orderweir.hold;
  called text;
begin
  if p_hold is not null then
    select * into present from orderweir.hold where id = p_hold for update;
    if not found then
      raise exception 'There is no hold %.', p_hold using errcode = 'OW404';
    end if;
    if present.closed_at is not null and p_what <> 'note' then
      raise exception '%', orderweir.hold_closed_words(present) using errcode = 'OW409';
    end if;
    select 'Order ' || orderweir.entity_called(e.id) into called from orderweir.message m join orderweir.entity e on e.id = m.entity_id where m.id = present.message_id;
  else
    select * into present from orderweir.hold where fingerprint = p_group and closed_at is null order by opened_at limit 1;
    if not found then
      raise exception 'Nothing is held for this cause any more: %.', p_group using errcode = 'OW404';
    end if;
    called := 'This group';
  end if;
  if p_what = 'note' then
    if said is null then
      raise exception 'A note needs words.' using errcode = 'OW400';
    end if;
    insert into orderweir.hold_note (fingerprint, hold_id, noted_by, note) values (present.fingerprint, p_hold, p_by, said);
  elsif p_what = 'snooze' and said::timestamptz <= clock_timestamp() then
    raise exception 'It is put off until a time to come, and % is past.', orderweir.utc(said::timestamptz) using errcode = 'OW422';
  elsif p_hold is not null then
    update orderweir.hold
    set owner = case p_what when 'owner' then said else owner end,
        due_at = case p_what when 'due' then said::timestamptz else due_at end,
        snoozed_until = case p_what when 'snooze' then said::timestamptz else snoozed_until end
    where id = p_hold;
  else
    insert into orderweir.hold_group as g (fingerprint, owner, due_at, snoozed_until)
    values (p_group, case p_what when 'owner' then said end, case p_what when 'due' then said::timestamptz end, case p_what when 'snooze' then said::timestamptz end)
    on conflict (fingerprint) do update
    set owner = case p_what when 'owner' then excluded.owner else g.owner end,
        due_at = case p_what when 'due' then excluded.due_at else g.due_at end,
        snoozed_until = case p_what when 'snooze' then excluded.snoozed_until else g.snoozed_until end;
  end if;
  return jsonb_build_object('hold', p_hold, 'group', present.fingerprint, 'what', p_what, 'value', said, 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', called || case
      when p_what = 'note' then ': the note is written.'
      when p_what = 'owner' and said is null then ' belongs to nobody.'
      when p_what = 'owner' then format(' belongs to %s.', said)
      when p_what = 'due' and said is null then ' has no date.'
      when p_what = 'due' then format(' is to be done by %s.', orderweir.utc(said::timestamptz))
      when said is null then ' needs you again.'
      else format(' is put off until %s.', orderweir.utc(said::timestamptz)) end);
end $$;
