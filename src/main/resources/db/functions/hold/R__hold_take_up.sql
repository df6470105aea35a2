-- Takes up again what was discarded. An event that was not understood is back in the Error Hold bin, as old as it was. Of a delivery the order's newest version is planned anew,
-- for that target and what comes after it there: through cancel and gates, and looked for before it is sent, never the old delivery. document: as hold_release_message.
create or replace function hold_take_up(p_hold bigint, p_by text, p_document jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold;
  known orderweir.entity;
  given_up orderweir.lane;
  wanted jsonb;
  before int;
  planned int;
begin
  select e.* into known from orderweir.hold h join orderweir.message m on m.id = h.message_id join orderweir.entity e on e.id = m.entity_id where h.id = p_hold;
  perform orderweir.entity_lock(known.id);
  select * into taken from orderweir.hold where id = p_hold for update;
  if taken.taken_up_at is not null then
    raise exception '%', format('It was taken up again at %s by %s.', orderweir.utc(taken.taken_up_at), taken.taken_up_by) using errcode = 'OW409';
  end if;
  select * into known from orderweir.entity where id = known.id;
  if taken.delivery_id is null then
    update orderweir.message set state = 'held', reason = taken.reason where id = taken.message_id and state = 'discarded' and (known.message_id is null or known.message_id < id);
    if not found then
      raise exception '%', format('There is nothing left to take up: superseded by %s.', coalesce(orderweir.message_newer(known.message_id), 'a newer version')) using errcode = 'OW409';
    end if;
    insert into orderweir.hold (message_id, opened_at, reason, sentence, path, fingerprint)
    values (taken.message_id, taken.opened_at, taken.reason, taken.sentence, taken.path, taken.fingerprint);
  else
    select l.* into given_up from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.id = taken.delivery_id;
    if given_up.fingerprint is not null then
      raise exception 'A newer version was planned for it since: there is nothing left to take up.' using errcode = 'OW409';
    end if;
    if (p_document ->> 'message')::bigint is distinct from known.message_id then
      raise exception 'The order has changed since you looked at it. Try it again.' using errcode = 'OW409';
    end if;
    select coalesce(jsonb_agg(w), '[]') into wanted
    from unnest(orderweir.plan_stay(array(select d from orderweir.plan_wanted(known.id, known.message_id, p_document -> 'deliveries') as d))) as w
    where (given_up.connection, given_up.port, given_up.part) in ((w.connection, w.port, w.part), (w.after ->> 'connection', w.after ->> 'port', w.after ->> 'part'));
    -- what was given up may stand at its target all the same
    update orderweir.lane l set doubtful = true
    from jsonb_array_elements(wanted) as w
    where (l.entity_id, l.connection, l.port, l.part) = (known.id, w ->> 'connection', w ->> 'port', w ->> 'part') and l.remote_id is null and l.fingerprint is null and l.last_seq > 0;
    select m.planned into before from orderweir.message m where m.id = known.message_id;
    perform orderweir.plan_messages(array[row(known.id, known.message_id, wanted, 0)::orderweir.plan]);
    select m.planned - before into planned from orderweir.message m where m.id = known.message_id;
  end if;
  -- and with it what had been given up because of it
  update orderweir.hold h set taken_up_at = clock_timestamp(), taken_up_by = p_by
  where h.id = p_hold or h.taken_up_at is null and h.resolution like 'discarded:%' and h.delivery_id in (
    select d.id from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.entity_id = known.id and l.last_seq > d.seq and l.fingerprint is not null);
  perform orderweir.bring_in_line(array[known.id]);
  return jsonb_build_object('hold', p_hold, 'message', coalesce((p_document ->> 'message')::bigint, taken.message_id), 'planned', planned,
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('%s %s: taken up again, %s.', initcap(known.type), orderweir.entity_called(known.id),
      case when taken.delivery_id is null then 'it is in the Error Hold bin' when planned = 0 then 'and nothing is left to send'
           when planned = 1 then '1 delivery planned' else format('%s deliveries planned', planned) end));
end $$;
