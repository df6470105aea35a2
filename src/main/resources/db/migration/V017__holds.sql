-- What people do with the Error Hold bin beyond one release: who cares for what and until when, notes, work on a whole group, a look at the target.

alter table hold
  add column owner text,
  add column due_at timestamptz,
  add column snoozed_until timestamptz;
comment on column hold.owner is 'who cares for it; null = whoever cares for its group';
create index hold_open_group on hold (fingerprint, opened_at, id) include (snoozed_until, due_at) where closed_at is null;

create table hold_group (
  fingerprint text primary key,
  owner text,
  due_at timestamptz,
  snoozed_until timestamptz
);
comment on table hold_group is 'who cares for all holds of one cause, also for those that come later; due and snooze end with the last of them';

create table hold_note (
  id bigint generated always as identity primary key,
  fingerprint text not null,
  hold_id bigint references hold,
  noted_at timestamptz not null default clock_timestamp(),
  noted_by text not null,
  note text not null
);
comment on column hold_note.hold_id is 'null = about the whole group';
create index hold_note_group on hold_note (fingerprint, id);

create function keep_note() returns trigger language plpgsql as $$
begin
  raise exception 'A note stays as it was written. Write another one.' using errcode = 'OW409';
end $$;
create trigger hold_note_stays before update or delete on hold_note for each row execute function keep_note();

-- One thing a person asked for all holds of a group, and how far it is.
create table hold_job (
  id bigint generated always as identity primary key,
  fingerprint text not null,
  what text not null constraint hold_job_what check (what in ('release', 'fix', 'discard')),
  request jsonb not null,
  connection text,
  started_by text not null,
  started_at timestamptz not null default clock_timestamp(),
  total int not null check (total > 0),
  done int not null default 0,
  failed int not null default 0,
  gone int not null default 0,
  next_at timestamptz not null default '-infinity',
  live_at timestamptz not null default '-infinity',
  ended_at timestamptz,
  stopped_by text,
  constraint hold_job_adds_up check (done + failed + gone <= total and least(done, failed, gone) >= 0),
  constraint hold_job_ended check (ended_at is not null or stopped_by is null and done + failed + gone < total)
);
comment on column hold_job.connection is 'the target whose answers they are; null where they were not understood';
comment on column hold_job.gone is 'holds that somebody or a newer version closed before their turn came';
comment on column hold_job.next_at is 'the next one is not taken before: live work comes first';
comment on column hold_job.live_at is 'when live work was last seen at the connection';
create unique index hold_job_running on hold_job (fingerprint) where ended_at is null;
create index hold_job_group on hold_job (fingerprint, id);

create table hold_job_step (
  job_id bigint not null references hold_job,
  hold_id bigint not null references hold,
  outcome text constraint hold_job_step_outcome check (outcome in ('done', 'failed', 'gone')),
  leased_until timestamptz not null default '-infinity',
  tries smallint not null default 0,
  answer text,
  primary key (job_id, hold_id)
) with (fillfactor = 80);
create index hold_job_step_open on hold_job_step (job_id, hold_id) where outcome is null;

alter table delivery
  add column looks boolean not null default false,
  add column looked_at timestamptz;
comment on column delivery.looks is 'a held one of which is only found out whether the target has it; nothing is sent';

-- Says who cares for a hold or a whole group, until when it is to be done or out of sight, or writes a note. what: owner, due, snooze, note;
-- an empty value takes owner, due or snooze away. The answer says what is so now.
create function arrange_hold(p_hold bigint, p_group text, p_by text, p_what text, p_value text) returns jsonb language plpgsql as $$
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
      raise exception 'Hold % was closed at %: %.', p_hold, orderweir.utc(present.closed_at),
        concat_ws(' by ', present.resolution, present.resolved_by) using errcode = 'OW409';
    end if;
    select 'Order ' || coalesce(e.name, e.key) into called from orderweir.message m join orderweir.entity e on e.id = m.entity_id where m.id = present.message_id;
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

-- What was agreed of a group ends with its last hold; who cares for it stays for the next time.
create function tidy_hold_groups() returns int language sql as $$
  with over as (
    update orderweir.hold_group g
    set due_at = null, snoozed_until = null
    where num_nonnulls(g.due_at, g.snoozed_until) > 0
      and not exists (select from orderweir.hold h where h.fingerprint = g.fingerprint and h.closed_at is null)
    returning 1)
  select count(*)::int from over
$$;

-- Who cared for a delivery cares for it when it is held again.
create function inherit_hold() returns trigger language plpgsql as $$
begin
  select h.owner, case when h.due_at > clock_timestamp() then h.due_at end into new.owner, new.due_at
  from orderweir.hold h
  where h.message_id = new.message_id and h.delivery_id = new.delivery_id
  order by h.id desc
  limit 1;
  return new;
end $$;
create trigger hold_inherits before insert on hold for each row when (new.delivery_id is not null) execute function inherit_hold();

-- Starts work on every open hold of a group: release them as they are, fix them (request {changes [{path, value, replaced}]}), or discard
-- them (request {reason}). One at a time per group.
create function start_hold_job(p_group text, p_by text, p_what text, p_request jsonb) returns jsonb language plpgsql as $$
declare
  job bigint;
  holds bigint[];
  target text;
begin
  if exists (select from orderweir.hold_job where fingerprint = p_group and ended_at is null) then
    raise exception 'Somebody works on this group already. Wait until that is done, or stop it.' using errcode = 'OW409';
  end if;
  select array_agg(h.id order by h.id), max(d.connection) into holds, target
  from orderweir.hold h left join orderweir.delivery d on d.id = h.delivery_id
  where h.fingerprint = p_group and h.closed_at is null;
  if holds is null then
    raise exception 'Nothing is held for this cause any more: %.', p_group using errcode = 'OW404';
  end if;
  insert into orderweir.hold_job (fingerprint, what, request, connection, started_by, total)
  values (p_group, p_what, p_request, target, p_by, cardinality(holds))
  returning id into job;
  insert into orderweir.hold_job_step (job_id, hold_id) select job, unnest(holds);
  return jsonb_build_object('job', job, 'group', p_group, 'what', p_what, 'total', cardinality(holds), 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('%s of %s begun. It goes on behind live orders, and can be stopped.',
      case p_what when 'release' then 'Release' when 'fix' then 'Correction' else 'Discard' end,
      case cardinality(holds) when 1 then '1 hold' else cardinality(holds) || ' holds' end));
exception when unique_violation then
  raise exception 'Somebody works on this group already. Wait until that is done, or stop it.' using errcode = 'OW409';
end $$;

-- What has not had its turn stays held. A release that is under way while this waits for it counts, a later one is undone.
create function stop_hold_job(p_job bigint, p_by text) returns jsonb language plpgsql as $$
declare
  job orderweir.hold_job;
begin
  select * into job from orderweir.hold_job where id = p_job for update;
  if not found then
    raise exception 'There is no work %.', p_job using errcode = 'OW404';
  end if;
  if job.ended_at is not null then
    raise exception 'It ended at % already, with % of %.', orderweir.utc(job.ended_at), job.done, job.total using errcode = 'OW409';
  end if;
  update orderweir.hold_job set ended_at = clock_timestamp(), stopped_by = p_by where id = p_job;
  return jsonb_build_object('job', p_job, 'group', job.fingerprint, 'done', job.done, 'total', job.total, 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Stopped: %s of %s are done, %s stay held.', job.done, job.total, job.total - job.done - job.gone));
end $$;

-- Whether live work waits at a connection or is under way there; replays are not live.
create function works_live(p_connection text) returns boolean language sql stable as $$
  select exists (select from orderweir.delivery d where d.connection = p_connection and d.priority < 4 and d.claimable and d.due_at <= clock_timestamp())
    or exists (select from orderweir.delivery d where d.state = 'sending' and d.connection = p_connection and d.priority < 4)
$$;

-- Takes up to so many steps of the work that people asked for, for half a minute: who dies is followed by another. No more replays than the
-- target can take wait at a time; while there is live work, or was in the last 10 s, a quarter of what it takes at once, and at least one.
create function take_hold_steps(p_most int, p_at timestamptz) returns table (job bigint, hold bigint, tries smallint, what text, by text, request text) language plpgsql as $$
declare
  work orderweir.hold_job;
  room int;
  slots int;
begin
  for work in select * from orderweir.hold_job j where j.ended_at is null and j.next_at <= p_at order by j.id loop
    room := p_most;
    if work.connection is not null then
      if orderweir.works_live(work.connection) then
        work.live_at := p_at;
        update orderweir.hold_job j set live_at = p_at where j.id = work.id and j.live_at < p_at - interval '2 seconds';
      end if;
      select min(coalesce(a.opened, a.slots)) into slots from orderweir.allowance a where a.connection = work.connection and a.window_length = interval '0';
      room := least(room, case when work.live_at > p_at - interval '10 seconds' then greatest(1, coalesce(slots, 1) / 4) else 20 end - (
        select count(*) from (
          select from orderweir.delivery d where d.connection = work.connection and d.priority = 4 and d.claimable limit 20) w)::int - (
        select count(*) from orderweir.delivery d where d.state = 'sending' and d.connection = work.connection and d.priority = 4)::int);
    end if;
    return query
      update orderweir.hold_job_step t
      set leased_until = p_at + interval '30 seconds', tries = t.tries + 1
      from (
        select s.hold_id from orderweir.hold_job_step s
        where s.job_id = work.id and s.outcome is null and s.leased_until <= p_at
        order by s.hold_id
        limit greatest(0, room)
        for update skip locked) s
      where t.job_id = work.id and t.hold_id = s.hold_id
      returning t.job_id, t.hold_id, t.tries, work.what, work.started_by, work.request::text;
  end loop;
end $$;

-- Counts one hold as done in the transaction that released or discarded it, so that it is both or neither; puts what it set free behind
-- live work. Without a job it returns the answer as it is.
create function worked(p_job bigint, p_hold bigint, p_answer jsonb) returns jsonb language plpgsql as $$
declare
  targets text[];
  space interval;
  live boolean;
begin
  if p_job is null then
    return p_answer;
  end if;
  with late as (
    update orderweir.delivery d
    set priority = 4
    from orderweir.hold h
    where h.id = p_hold and d.message_id = h.message_id and d.state in ('gated', 'ready', 'unsure') and d.priority < 4
    returning d.connection)
  select array_agg(distinct connection) into targets from late;
  -- a statement of its own: only now what was just set free is no live work
  select coalesce(max(coalesce(a.leak, a.window_length / a.slots)) filter (where a.window_length > interval '0'), interval '0'),
         coalesce(bool_or(orderweir.works_live(a.connection)), false)
  into space, live
  from orderweir.allowance a
  where a.connection = any (targets);
  update orderweir.hold_job j
  set done = j.done + 1,
      next_at = case when live or j.live_at > clock_timestamp() - interval '10 seconds'
        then greatest(j.next_at, clock_timestamp()) + greatest(4 * space, interval '0.5 second')
        else greatest(j.next_at, clock_timestamp() - interval '1 second') + space end,
      ended_at = case when j.done + 1 + j.failed + j.gone = j.total then clock_timestamp() end
  where j.id = p_job and j.ended_at is null;
  if not found then
    raise exception 'The work was stopped.' using errcode = 'OW409';
  end if;
  update orderweir.hold_job_step set outcome = 'done', answer = p_answer ->> 'answer' where job_id = p_job and hold_id = p_hold and outcome is null;
  if not found then
    raise exception 'Hold % has had its turn.', p_hold using errcode = 'OW409';
  end if;
  return p_answer;
end $$;

-- A hold that could not be done: it stays held, with the sentence, or somebody else had closed it. The ledger's own trouble is tried again.
create function end_hold_step(p_job bigint, p_hold bigint, p_again boolean, p_answer text) returns text language plpgsql as $$
declare
  step orderweir.hold_job_step;
  became text;
begin
  -- the work first, as in every transaction that ends a step
  perform from orderweir.hold_job where id = p_job and ended_at is null for update;
  if not found then
    return 'stopped';
  end if;
  select * into step from orderweir.hold_job_step where job_id = p_job and hold_id = p_hold and outcome is null for update;
  if not found then
    return 'done';
  end if;
  if p_again and step.tries < 5 then
    update orderweir.hold_job_step set leased_until = clock_timestamp() + interval '5 seconds', answer = p_answer where job_id = p_job and hold_id = p_hold;
    return 'again';
  end if;
  became := case when exists (select from orderweir.hold where id = p_hold and closed_at is not null) then 'gone' else 'failed' end;
  update orderweir.hold_job_step set outcome = became, answer = p_answer where job_id = p_job and hold_id = p_hold;
  update orderweir.hold_job j
  set failed = j.failed + (became = 'failed')::int,
      gone = j.gone + (became = 'gone')::int,
      ended_at = case when j.done + j.failed + j.gone + 1 = j.total then clock_timestamp() end
  where j.id = p_job;
  return became;
end $$;

-- Looks whether the target has the record of a held delivery: it is unsure until that is known. Found, it is confirmed (or brought up to date,
-- where an older content may be there); absent, it is held again.
create function look_at_target(p_hold bigint, p_by text) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold := orderweir.take_hold(p_hold, null);
  looked orderweir.delivery;
  at_target orderweir.lane;
begin
  if taken.delivery_id is null then
    raise exception 'It was never understood, so no target can have it.' using errcode = 'OW422';
  end if;
  select * into looked from orderweir.delivery where id = taken.delivery_id and state = 'held';
  if not found then
    raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
  end if;
  select * into at_target from orderweir.lane where id = looked.lane_id;
  if looked.cancel then
    raise exception 'It is a cancel: release it, or discard it.' using errcode = 'OW422';
  elsif at_target.remote_id is not null then
    raise exception '% has it as % already; what is held is a change of it.', looked.connection, at_target.remote_id using errcode = 'OW422';
  elsif looked.closed_gates > 0 or not looked.head then
    raise exception 'Nothing of it has been sent: it waits %.', case when looked.closed_gates > 0 then 'at a gate' else 'for an earlier one' end using errcode = 'OW422';
  end if;
  update orderweir.hold set closed_at = clock_timestamp(), resolved_by = p_by, resolution = 'looked for at the target' where id = p_hold;
  update orderweir.delivery
  set state = 'unsure', looks = true, looked_at = clock_timestamp(), unsure_since = coalesce(unsure_since, clock_timestamp()),
      due_at = greatest(clock_timestamp(), at_target.quiet_at), attempts = 0, reason = 'looked for at the target'
  where id = looked.id;
  return jsonb_build_object('hold', p_hold, 'delivery', looked.id, 'state', 'unsure', 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: %s is asked whether it has it. If so the hold is closed, if not it comes back.',
      (select coalesce(name, key) from orderweir.entity where id = looked.entity_id), looked.connection));
end $$;

-- What a look found out stands with the hold it began with.
create function tell_look() returns trigger language plpgsql as $$
begin
  update orderweir.hold
  set resolution = case
    when new.state in ('confirmed', 'delivered') then 'the target has it: ' || new.remote_id
    when new.state = 'ready' then 'the target has it, and is sent what may be missing'
    when new.state = 'held' then 'looked for at the target, which does not have it'
    else new.state || ': ' || coalesce(new.reason, '') end
  where id = (
    select max(h.id) from orderweir.hold h
    where h.message_id = new.message_id and h.delivery_id = new.id and h.closed_at is not null);
  new.looks := false;
  return new;
end $$;
create trigger delivery_tell_look before update on delivery
  for each row when (old.looks and new.state not in ('sending', 'unsure')) execute function tell_look();

-- Looks, once each, for what ended in the bin after calls whose outcome nobody knows; returns how many.
create function look_for_doubtful(p_most int, p_at timestamptz) returns int language plpgsql as $$
declare
  doubtful bigint;
  looked int := 0;
begin
  for doubtful in
    select h.id
    from orderweir.hold h
    join orderweir.delivery d on d.id = h.delivery_id
    join orderweir.lane l on l.id = d.lane_id
    where h.closed_at is null and h.reason = 'tries-used-up' and h.opened_at < p_at - interval '1 minute'
      and d.state = 'held' and d.unsure_since is not null and d.looked_at is null and not d.cancel and d.head and d.closed_gates = 0
      and l.remote_id is null and l.quiet_at < p_at
    limit p_most
  loop
    begin
      perform orderweir.look_at_target(doubtful, 'Orderweir');
      looked := looked + 1;
    exception when sqlstate 'OW409' or sqlstate 'OW422' then
      -- somebody was there before
      null;
    end;
  end loop;
  return looked;
end $$;

-- The newer version that a person must be told of, in words.
create function newer_version(p_message bigint) returns text language sql stable as $$
  select format('the version of %s, which came at %s as %s', orderweir.utc(m.version), orderweir.utc(m.captured_at), m.ce_id) from orderweir.message m where m.id = p_message
$$;

-- Sends a held delivery on its way again. documents: array of {message, canonical, hash, deliveries}, corrected by changes.
-- What a newer version has taken the place of is refused, with the newer one named.
create or replace function release_delivery(p_hold bigint, p_by text, p_seen text, p_changes jsonb, p_documents jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.hold := orderweir.take_hold(p_hold, p_seen);
  released orderweir.delivery;
  document jsonb;
  stale record;
begin
  select n.message_id as newer, m.type, coalesce(e.name, e.key) as name into stale
  from orderweir.delivery d
  join orderweir.delivery n on n.lane_id = d.lane_id and n.seq > d.seq and n.state in ('gated', 'ready', 'sending', 'unsure', 'held', 'delivered', 'confirmed')
  join orderweir.message m on m.id = d.message_id
  join orderweir.message o on o.id = n.message_id and o.version > m.version
  join orderweir.entity e on e.id = d.entity_id
  where d.id = taken.delivery_id and not (d.cancel and d.build_id is not null)
  order by n.seq desc
  limit 1;
  if found then
    raise exception '% %: superseded by %. Discard this one.', initcap(stale.type), stale.name, orderweir.newer_version(stale.newer) using errcode = 'OW409';
  end if;
  perform orderweir.note_corrections(m.entity_id, p_by, p_changes) from orderweir.message m where m.id = taken.message_id;
  for document in select * from jsonb_array_elements(p_documents) loop
    perform orderweir.correct_message((document ->> 'message')::bigint, document -> 'canonical', document ->> 'hash', document -> 'deliveries');
  end loop;
  update orderweir.hold
  set closed_at = clock_timestamp(), resolved_by = p_by,
      resolution = case when p_changes = '[]' then 'released' else 'released with a correction' end
  where id = p_hold;
  update orderweir.delivery d
  set state = case when d.unsure_since is not null then 'unsure' when d.closed_gates > 0 then 'gated' else 'ready' end,
      due_at = greatest(clock_timestamp(), l.quiet_at),
      attempts = 0,
      reason = null
  from orderweir.lane l
  where d.id = taken.delivery_id and d.state = 'held' and l.id = d.lane_id
  returning d.* into released;
  if not found then
    raise exception 'Its delivery is no longer held.' using errcode = 'OW409';
  end if;
  return jsonb_build_object('hold', p_hold, 'delivery', released.id, 'state', released.state, 'corrections', jsonb_array_length(p_changes),
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: released to %s%s.', (select coalesce(name, key) from orderweir.entity where id = released.entity_id), released.connection,
      case jsonb_array_length(p_changes) when 0 then '' when 1 then ' with 1 correction' else format(' with %s corrections', jsonb_array_length(p_changes)) end));
end $$;

-- Plans a message that could not be understood before. document: {entity_key, version, hash, name, canonical, deliveries}.
-- An event that was named by its delivery, because its bytes told no id, goes to the order it is about. An older one is refused, with the newer one named.
create or replace function release_message(p_hold bigint, p_by text, p_seen text, p_changes jsonb, p_document jsonb) returns jsonb language plpgsql as $$
declare
  held orderweir.message;
  known orderweir.entity;
  taken orderweir.hold;
  planned orderweir.message;
begin
  select m.* into held from orderweir.hold h join orderweir.message m on m.id = h.message_id where h.id = p_hold;
  if not found then
    raise exception 'There is no hold %.', p_hold using errcode = 'OW404';
  end if;
  insert into orderweir.entity (connection, type, key) values (held.connection, held.type, p_document ->> 'entity_key')
  on conflict (connection, type, key) do nothing;
  -- two entities at most, in the order in which all who append take them
  perform from orderweir.entity e
  where e.id = held.entity_id or (e.connection, e.type, e.key) = (held.connection, held.type, p_document ->> 'entity_key')
  order by e.connection, e.type, e.key
  for update;
  taken := orderweir.take_hold(p_hold, p_seen);
  select * into strict known from orderweir.entity
  where connection = held.connection and type = held.type and key = p_document ->> 'entity_key';
  if (p_document ->> 'version')::timestamptz < known.version then
    raise exception '% %: superseded by %. Discard this one.', initcap(held.type), coalesce(known.name, known.key),
      coalesce(orderweir.newer_version(known.message_id), 'a newer version') using errcode = 'OW409';
  end if;

  update orderweir.message
  set entity_id = known.id, version = (p_document ->> 'version')::timestamptz, hash = p_document ->> 'hash', state = 'planned', reason = null
  where id = held.id;
  update orderweir.payload set canonical = p_document -> 'canonical' where message_id = held.id;
  update orderweir.entity
  set version = (p_document ->> 'version')::timestamptz, hash = p_document ->> 'hash', message_id = held.id, name = coalesce(p_document ->> 'name', name)
  where id = known.id;
  perform orderweir.note_corrections(known.id, p_by, p_changes);
  update orderweir.hold
  set closed_at = clock_timestamp(), resolved_by = p_by,
      resolution = case when p_changes = '[]' then 'released' else 'released with a correction' end
  where id = p_hold;
  perform orderweir.close_message_holds(known.id, held.id);
  perform orderweir.plan_message(known.id, held.id, p_document -> 'deliveries');
  perform orderweir.refresh_waits(known.id);
  perform orderweir.refresh_waits(held.entity_id) where held.entity_id <> known.id;
  select * into planned from orderweir.message where id = held.id;
  return jsonb_build_object('hold', p_hold, 'message', held.id, 'state', planned.state, 'planned', planned.planned,
    'corrections', jsonb_array_length(p_changes), 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Order %s: released, %s.', coalesce(p_document ->> 'name', known.key),
      case planned.planned when 0 then planned.reason when 1 then '1 delivery planned' else format('%s deliveries planned', planned.planned) end));
end $$;
