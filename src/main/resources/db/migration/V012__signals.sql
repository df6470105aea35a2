-- What partners say opens and closes gates: a payment, a refund, an approved drawing, a thing that was built. Each is a captured message and a
-- fact that stays; what a gate makes of all facts together is weighed anew with each of them, so that their order of arrival does not matter.
create table signal (
  message_id bigint primary key references message,
  state text not null default 'waiting' check (state in ('waiting', 'heard')),
  next_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp() + interval '24 hours',
  heard_at timestamptz,
  entity_id bigint references entity,
  build_id bigint references build,
  kind text not null,
  at timestamptz not null,
  about text,
  amount numeric,
  currency text,
  evidence jsonb not null,
  constraint signal_heard_of_an_order check ((state = 'heard') = (heard_at is not null and entity_id is not null))
);
comment on column signal.next_at is 'when it is looked at next: its order may not have come yet';
comment on column signal.due_at is 'until when its order is waited for';
comment on column signal.build_id is 'what it is about; null = the whole order';
comment on column signal.about is 'the charge; of one charge the largest amount of a kind counts';
create index signal_next on signal (next_at) where state = 'waiting';
create index signal_about on signal (about) where state = 'heard' and kind = 'payment';
create index signal_entity on signal (entity_id) where state = 'heard';

alter table gate add column rule jsonb not null default '{}';
comment on column gate.rule is 'what opens it without a person: {paid} share of the total, or {opens, closes} kinds of signals, or {calendar}; {after} the gates that are open before';
alter table gate add column turn_at timestamptz;
comment on column gate.turn_at is 'since when nothing but a slot of its calendar is missing';
create index gate_turn on gate ((rule ->> 'calendar'), turn_at, build_id) where turn_at is not null;
create index delivery_reference on delivery (external_id) where build_id is not null;

-- Capacity of a factory that has no interface: slots per day, each of one build.
create table calendar (
  name text primary key,
  zone text not null,
  lead int not null check (lead >= 0)
);
comment on column calendar.lead is 'days from today on that are not booked any more';
create table calendar_day (
  calendar text not null references calendar,
  day date not null,
  slots int not null check (slots >= 0),
  taken int not null default 0,
  primary key (calendar, day),
  constraint calendar_day_never_over check (taken between 0 and slots)
);
create index calendar_day_free on calendar_day (calendar, day) where taken < slots;
create table slot (
  build_id bigint not null references build,
  gate text not null,
  calendar text not null,
  day date not null,
  doubtful boolean not null default false,
  primary key (build_id, gate),
  foreign key (calendar, day) references calendar_day
);
create index slot_day on slot (calendar, day);
comment on column slot.doubtful is 'something of its build has ended: it may not be needed any more';
create index slot_doubtful on slot (build_id) where doubtful;

-- A message that carries a signal waits to be heard, when it comes and when a person releases it.
create function keep_signal() returns trigger language plpgsql as $$
begin
  insert into orderweir.signal (message_id, kind, at, about, amount, currency, evidence)
  select new.id, p.canonical ->> 'signal', (p.canonical ->> 'at')::timestamptz, p.canonical ->> 'about', (p.canonical ->> 'amount')::numeric,
         p.canonical ->> 'currency', coalesce(p.canonical -> 'evidence', '{}')
  from orderweir.payload p where p.message_id = new.id and p.canonical ? 'signal'
  on conflict (message_id) do update
  set state = 'waiting', next_at = excluded.next_at, due_at = excluded.due_at, heard_at = null, kind = excluded.kind, at = excluded.at,
      about = excluded.about, amount = excluded.amount, currency = excluded.currency, evidence = excluded.evidence;
  return null;
end $$;
create trigger message_keep_signal after insert on message
  for each row when (new.type = 'signal' and new.state = 'noted') execute function keep_signal();
create trigger message_keep_released_signal after update on message
  for each row when (new.type = 'signal' and new.state = 'noted' and old.state <> 'noted') execute function keep_signal();

-- What the signals say of a gate; no row when they say nothing.
create function said_of(p_gate orderweir.gate) returns table (open boolean, source text, reason text, evidence jsonb, heard_at timestamptz) language plpgsql as $$
declare
  owner bigint := (select entity_id from orderweir.build where id = p_gate.build_id);
  total record;
begin
  if p_gate.rule ? 'paid' then
    select (p.canonical ->> 'totalPrice')::numeric as price, p.canonical ->> 'currency' as currency into total
    from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = owner;
    return query
      with fact as (
        select s.*, m.connection, m.ce_id from orderweir.signal s join orderweir.message m on m.id = s.message_id
        where s.entity_id = owner and s.state = 'heard' and s.kind in ('payment', 'refund', 'dispute', 'dispute-won')),
      charge as (
        select coalesce(max(f.amount) filter (where f.kind = 'payment'), 0) as paid, coalesce(max(f.amount) filter (where f.kind = 'refund'), 0) as refunded,
               coalesce((array_agg(f.kind order by f.at desc, f.message_id desc) filter (where f.kind in ('dispute', 'dispute-won')))[1] = 'dispute', false) as disputed
        from fact f group by f.about),
      counted as (
        select sum(case when c.disputed then 0 else greatest(0, c.paid - c.refunded) end) as paid, bool_or(c.disputed) as disputed from charge c)
      select coalesce(c.paid > 0 and c.paid >= total.price * (p_gate.rule ->> 'paid')::numeric, false),
             f.connection,
             format('%s of %s %s are paid%s', c.paid, total.price, total.currency, case when c.disputed then ', and a dispute is open' else '' end),
             f.evidence || jsonb_build_object('signal', f.ce_id, 'paid', c.paid::text, 'total', total.price::text, 'currency', total.currency),
             (select max(h.heard_at) from fact h)
      from counted c
      cross join lateral (select * from fact order by at desc, message_id desc limit 1) f;
  else
    return query
      select p_gate.rule -> 'opens' ? s.kind, m.connection, s.kind, s.evidence || jsonb_build_object('signal', m.ce_id, 'at', orderweir.utc(s.at)), s.heard_at
      from orderweir.signal s
      join orderweir.message m on m.id = s.message_id
      where s.entity_id = owner and s.state = 'heard' and (p_gate.rule -> 'opens' ? s.kind or p_gate.rule -> 'closes' ? s.kind)
        -- what was said of the whole order before this was asked for was said of something else
        and (p_gate.lasting or s.build_id = p_gate.build_id
          or s.build_id is null and s.heard_at >= (select created_at from orderweir.build where id = p_gate.build_id))
      order by s.at desc, s.message_id desc
      limit 1;
  end if;
end $$;

-- The gates before this one that are closed.
create function closed_before(p_gate orderweir.gate) returns text[] language sql stable as $$
  select coalesce(array_agg(g.name order by g.name), '{}') from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is null and p_gate.rule -> 'after' ? g.name
$$;

-- Lets the signals open or close a gate; returns what became of it. What a person opened is closed only by news that close it.
create function weigh(p_gate orderweir.gate, p_news boolean) returns text language plpgsql as $$
declare
  said record;
  waits text[];
begin
  select * into said from orderweir.said_of(p_gate);
  if not found then
    return null;
  elsif said.open and p_gate.opened_at is not null then
    return format('gate %s is open already', p_gate.name);
  elsif said.open then
    waits := orderweir.closed_before(p_gate);
    if cardinality(waits) > 0 then
      return format('gate %s comes after %s', p_gate.name, array_to_string(waits, ', '));
    end if;
    -- what a partner said before somebody else closed the gate does not open it again
    if exists (select from orderweir.gate_decision d
      where d.build_id in (select s.build_id from orderweir.same_gates(p_gate) s) and d.gate = p_gate.name and d.decision in ('closed', 'refused')
        and d.by <> said.source and d.at > said.heard_at) then
      return format('gate %s was closed since', p_gate.name);
    end if;
    perform orderweir.let_through(g, said.source, said.reason, said.evidence, p_gate) from orderweir.same_gates(p_gate) as g where g.opened_at is null;
    return format('gate %s is open: %s', p_gate.name, said.reason);
  elsif p_gate.opened_at is not null and (p_news or p_gate.opened_by = said.source) then
    perform orderweir.shut(g, said.source, said.reason, said.evidence) from orderweir.same_gates(p_gate) as g where g.opened_at is not null;
    return format('gate %s is closed: %s', p_gate.name, said.reason);
  end if;
  return format('gate %s is %s: %s', p_gate.name, case when p_gate.opened_at is null then 'closed' else 'open' end, said.reason);
end $$;

-- What the signals say of the gates of a build, one after the other: one may come after another.
create function weigh_build(p_build bigint) returns void language plpgsql as $$
declare
  gate text;
begin
  for gate in select g.name from orderweir.gate g where g.build_id = p_build and (g.rule ? 'paid' or g.rule ? 'opens') order by g.name loop
    perform orderweir.weigh(g, false) from orderweir.gate g where g.build_id = p_build and g.name = gate;
  end loop;
end $$;

-- A signal is not understood as it is: it waits for a person.
create function hold_signal(p_signal orderweir.signal, p_reason text, p_sentence text) returns jsonb language plpgsql as $$
begin
  -- a released signal begins anew
  delete from orderweir.signal where message_id = p_signal.message_id;
  update orderweir.message set state = 'held', reason = p_reason where id = p_signal.message_id;
  insert into orderweir.hold (message_id, reason, sentence, fingerprint)
  select p_signal.message_id, p_reason, p_sentence, concat_ws('|', m.connection, p_reason) from orderweir.message m where m.id = p_signal.message_id;
  return jsonb_build_object('message', p_signal.message_id, 'sentence', p_sentence);
end $$;

-- Which order a signal names, itself or by its charge, and which line: {entity, line, basis}; the basis is the beginning of the fingerprint of what was asked for.
create function signal_places(p_document jsonb, p_connection text) returns table (entity_id bigint, line_id text, basis text) language plpgsql as $$
declare
  reference text[] := regexp_match(p_document ->> 'reference', '^(.*?)(?:-r[0-9]+)?(?:\.([0-9a-f]{8}))?$');
begin
  if p_document ? 'reference' then
    return query
      select distinct d.entity_id, b.line_id, reference[2]
      from orderweir.delivery d join orderweir.build b on b.id = d.build_id where d.external_id = reference[1];
  elsif not p_document ? 'order' then
    return query
      select distinct s.entity_id, null, null
      from orderweir.signal s join orderweir.message m on m.id = s.message_id
      where s.about = p_document ->> 'about' and s.kind = 'payment' and s.state = 'heard' and m.connection = p_connection;
  else
    return query
      select e.id, p_document ->> 'line', null from orderweir.entity e
      where e.type = 'order' and (e.key = p_document ->> 'order' or e.name in (p_document ->> 'order', '#' || (p_document ->> 'order')));
  end if;
end $$;

-- Hears a signal under the lock of its order: see hear_next_signal.
create function hear_signal(heard orderweir.signal, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  document jsonb;
  places int;
  place record;
  built bigint;
  money text;
  gate orderweir.gate;
  answers text[] := '{}';
  name text;
begin
  select canonical into document from orderweir.payload where message_id = heard.message_id;
  name := coalesce(document ->> 'order', document ->> 'reference', document ->> 'about');
  select count(distinct p.entity_id), min(p.entity_id) as entity_id, min(p.line_id) as line_id, min(p.basis) as basis into place
  from orderweir.signal_places(document, (select connection from orderweir.message where id = heard.message_id)) as p;
  places := place.count;
  if place.line_id is not null then
    select b.id into built from orderweir.build b
    where b.entity_id = place.entity_id and b.line_id = place.line_id and (place.basis is null or starts_with(b.basis, place.basis))
    order by (select max(d.id) from orderweir.delivery d where d.build_id = b.id) desc nulls last limit 1;
  end if;
  if places > 1 then
    return orderweir.hold_signal(heard, 'ambiguous-order', format('Several orders are called %s, so that a %s of it cannot be placed. Correct the order to its key, such as %s.',
      name, heard.kind, (select e.key from orderweir.entity e where e.id = place.entity_id)));
  elsif places = 0 or place.line_id is not null and built is null then
    if heard.due_at <= p_at then
      return orderweir.hold_signal(heard, 'unknown-order', format('A %s names %s, and nothing of that name came until %s. Correct it and release it, release it to wait again, or discard it.',
        heard.kind, name, orderweir.utc(heard.due_at)));
    end if;
    update orderweir.signal
    set next_at = p_at + least(interval '1 minute', greatest(interval '1 second', (p_at - (heard.due_at - interval '24 hours')) / 4), heard.due_at - p_at)
    where message_id = heard.message_id;
    update orderweir.message set reason = format('waits for %s, until %s', name, orderweir.utc(heard.due_at)) where id = heard.message_id;
    return jsonb_build_object('message', heard.message_id, 'answer', 'waits for ' || name);
  end if;

  -- whoever is busy with the order is not waited for
  perform from orderweir.entity where id = place.entity_id for update skip locked;
  if not found then
    update orderweir.signal set next_at = p_at + interval '100 milliseconds' where message_id = heard.message_id;
    return jsonb_build_object('message', heard.message_id, 'answer', 'its order is busy');
  end if;
  if heard.amount is not null then
    select p.canonical ->> 'currency' into money from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = place.entity_id;
    if money <> heard.currency then
      return orderweir.hold_signal(heard, 'wrong-currency', format('A %s of %s %s names %s, which is an order in %s. Correct it or discard it.',
        heard.kind, heard.amount, heard.currency, name, money));
    end if;
  end if;
  update orderweir.signal set state = 'heard', heard_at = p_at, entity_id = place.entity_id, build_id = built where message_id = heard.message_id;

  for gate in
    select distinct on (g.name, case when not g.lasting then g.build_id end) g.*
    from orderweir.gate g join orderweir.build b on b.id = g.build_id
    where b.entity_id = place.entity_id and (built is null or g.lasting or g.build_id = built)
      and (g.rule ? 'paid' and heard.kind in ('payment', 'refund', 'dispute', 'dispute-won') or g.rule -> 'opens' ? heard.kind or g.rule -> 'closes' ? heard.kind)
    order by g.name, case when not g.lasting then g.build_id end, g.opened_at nulls last
  loop
    -- the gates before it may have been opened by this signal just now
    select g.* into gate from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
    answers := answers || orderweir.weigh(gate, gate.rule -> 'closes' ? heard.kind or heard.kind in ('refund', 'dispute'));
  end loop;
  update orderweir.message set reason = left(coalesce(nullif(array_to_string(answers, '; '), ''), 'no gate of this order is opened by it'), 500) where id = heard.message_id;
  return jsonb_build_object('message', heard.message_id, 'answer', coalesce(nullif(array_to_string(answers, '; '), ''), 'no gate of this order is opened by it'));
end $$;

-- Hears the next signal. Returns null when there is none to hear now, else {message, answer} and, where it needs a person, the sentence. One call is
-- one transaction, of one order. What cannot be heard for whatever reason waits for a person; trouble of the database is the caller's.
create function hear_next_signal(p_at timestamptz default clock_timestamp()) returns jsonb language plpgsql as $$
declare
  heard orderweir.signal;
begin
  select * into heard from orderweir.signal where state = 'waiting' and next_at <= p_at order by next_at, message_id limit 1 for update skip locked;
  if not found then
    return null;
  end if;
  begin
    return orderweir.hear_signal(heard, p_at);
  exception when others then
    if left(sqlstate, 2) in ('08', '40', '53', '57', '58', 'XX') then
      raise;
    end if;
    return orderweir.hold_signal(heard, 'not-heard', format('A %s could not be heard: %s. Correct it and release it, or discard it.', heard.kind, sqlerrm));
  end;
end $$;

-- Writes a calendar and its days from today on, in its zone: slots on the weekdays given (1 Monday .. 7 Sunday), none on closed days. What is taken stays.
create function set_calendar(p_calendar text, p_zone text, p_lead int, p_slots int, p_weekdays int[], p_closed date[], p_days int,
  p_at timestamptz default clock_timestamp()) returns void language plpgsql as $$
begin
  insert into orderweir.calendar (name, zone, lead) values (p_calendar, p_zone, p_lead)
  on conflict (name) do update set zone = excluded.zone, lead = excluded.lead;
  insert into orderweir.calendar_day as c (calendar, day, slots)
  select p_calendar, d::date, case when extract(isodow from d) = any (p_weekdays) and d::date <> all (p_closed) then p_slots else 0 end
  from generate_series((p_at at time zone p_zone)::date, (p_at at time zone p_zone)::date + p_days - 1, interval '1 day') as d
  order by d
  on conflict (calendar, day) do update set slots = greatest(c.taken, excluded.slots)
  where c.slots <> greatest(c.taken, excluded.slots);
end $$;

-- The first day of a calendar that has a slot free, or null.
create function free_day(p_calendar orderweir.calendar, p_at timestamptz) returns date language sql stable as $$
  select day from orderweir.calendar_day
  where calendar = p_calendar.name and day >= (p_at at time zone p_calendar.zone)::date + p_calendar.lead and taken < slots
  order by day limit 1
$$;

-- Whether something was asked for behind a gate and is, or may be, at its target.
create function is_requested(p_build bigint, p_gate text) returns boolean language sql stable as $$
  select exists (
    select from orderweir.delivery d
    where d.build_id = p_build and not d.cancel and (p_gate is null or p_gate = any (d.behind))
      and (d.state in ('sending', 'unsure')
        or d.state in ('delivered', 'confirmed') and not exists (
          select from orderweir.delivery n
          where n.lane_id = d.lane_id and n.seq > d.seq and n.state in ('delivered', 'confirmed') and (n.cancel or n.build_id <> p_build))))
$$;

-- Whether a build is still wanted: something of it waits, is under way, or stands at a target.
create function is_wanted(p_build bigint) returns boolean language sql stable as $$
  select orderweir.is_requested(p_build, null)
    or exists (select from orderweir.delivery d where d.build_id = p_build and not d.cancel and d.state in ('gated', 'ready', 'held'))
$$;

-- Whether a slot is: its gate is open for something that is wanted, or what was asked for behind it is not cancelled yet.
create function is_needed(p_slot orderweir.slot) returns boolean language sql stable as $$
  select case when g.opened_at is not null then orderweir.is_wanted(g.build_id) else orderweir.is_requested(g.build_id, g.name) end
  from orderweir.gate g where g.build_id = p_slot.build_id and g.name = p_slot.gate
$$;

-- Something of a build has ended, so that its slot, or that of another build in the same lane, may not be needed any more.
create function doubt_slots() returns trigger language plpgsql as $$
begin
  update orderweir.slot set doubtful = true
  where not doubtful and build_id in (select d.build_id from orderweir.delivery d where d.lane_id = new.lane_id and d.build_id is not null);
  return null;
end $$;
create trigger delivery_doubt_slots after update on delivery
  for each row when (old.state <> new.state and new.state in ('delivered', 'confirmed', 'superseded', 'discarded') and new.gate_basis is not null)
  execute function doubt_slots();

-- Says of gates that take a slot whether it is their turn.
create function give_turn(p_build bigint) returns void language sql as $$
  update orderweir.gate g
  set turn_at = case when g.opened_at is null and cardinality(orderweir.closed_before(g)) = 0 then coalesce(g.turn_at, clock_timestamp()) end
  where g.build_id = p_build and g.rule ? 'calendar'
$$;

-- Books the next slot for a build that waits for one and for nothing before it, first come first served; returns what was done, or null.
-- One transaction, one order.
create function book_next_slot(p_at timestamptz default clock_timestamp()) returns text language plpgsql as $$
declare
  waiting record;
  asked orderweir.gate;
  free date;
begin
  for waiting in
    select c as calendar, g.build_id, g.name, b.entity_id
    from orderweir.calendar c
    cross join lateral (
      select build_id, name from orderweir.gate
      where rule ->> 'calendar' = c.name and turn_at is not null and orderweir.free_day(c, p_at) is not null
      order by turn_at, build_id limit 20) g
    join orderweir.build b on b.id = g.build_id
  loop
    perform from orderweir.entity where id = waiting.entity_id for update skip locked;
    continue when not found;
    select * into asked from orderweir.gate where build_id = waiting.build_id and name = waiting.name and turn_at is not null;
    continue when not found;
    if not orderweir.gate_waits(asked.build_id) then
      update orderweir.gate set turn_at = null where build_id = asked.build_id and name = asked.name;
      continue;
    end if;
    -- one whose cancel is still under way is booked already
    select day into free from orderweir.slot where build_id = asked.build_id and gate = asked.name;
    while free is null loop
      free := orderweir.free_day(waiting.calendar, p_at);
      if free is null then
        return null;
      end if;
      -- whoever came first may have taken the last one
      update orderweir.calendar_day c set taken = c.taken + 1 where c.calendar = (waiting.calendar).name and c.day = free and c.taken < c.slots;
      if found then
        insert into orderweir.slot (build_id, gate, calendar, day) values (asked.build_id, asked.name, (waiting.calendar).name, free);
      else
        free := null;
      end if;
    end loop;
    perform orderweir.let_through(asked, 'calendar ' || (waiting.calendar).name, 'a slot is booked',
      jsonb_build_object('calendar', (waiting.calendar).name, 'day', free), asked);
    return format('a slot of %s on %s is booked', (waiting.calendar).name, free);
  end loop;
  return null;
end $$;

-- Gives back a slot that is not needed any more; returns what was done, or null. One transaction, one order.
create function return_next_slot() returns text language plpgsql as $$
declare
  booked record;
begin
  for booked in
    select s as slot, b.entity_id from orderweir.slot s join orderweir.build b on b.id = s.build_id where s.doubtful order by s.build_id limit 100
  loop
    perform from orderweir.entity where id = booked.entity_id for update skip locked;
    continue when not found;
    if orderweir.is_needed(booked.slot) then
      update orderweir.slot set doubtful = false where build_id = (booked.slot).build_id and gate = (booked.slot).gate;
      continue;
    end if;
    perform orderweir.shut(g, 'calendar ' || (booked.slot).calendar, 'it is not built any more', null)
    from orderweir.gate g where g.build_id = (booked.slot).build_id and g.name = (booked.slot).gate and g.opened_at is not null;
    with returned as (
      delete from orderweir.slot where build_id = (booked.slot).build_id and gate = (booked.slot).gate returning calendar, day)
    update orderweir.calendar_day c set taken = c.taken - 1 from returned r where (c.calendar, c.day) = (r.calendar, r.day);
    return format('a slot of %s on %s is free again', (booked.slot).calendar, (booked.slot).day);
  end loop;
  return null;
end $$;


-- Whether this is what the target has, will have or may have of its lane.
create function stands(p_asked orderweir.delivery) returns boolean language sql stable as $$
  select (p_asked.state in ('sending', 'unsure', 'delivered', 'confirmed')
      or p_asked.state = 'superseded' and p_asked.unsure_since is not null and exists (select from orderweir.lane l where l.id = p_asked.lane_id and l.doubtful))
    and not exists (
    select from orderweir.delivery n
    where n.lane_id = p_asked.lane_id and n.seq > p_asked.seq
      and (n.state in ('sending', 'unsure', 'delivered', 'confirmed') or n.cancel and n.state <> 'superseded'))
$$;

-- Cancels what was asked for; what waits behind it waits behind the cancel.
create function take_back(p_asked orderweir.delivery) returns void language plpgsql as $$
declare
  waiting orderweir.delivery;
begin
  select * into waiting from orderweir.delivery d
  where d.lane_id = p_asked.lane_id and d.seq > p_asked.seq and not d.cancel and d.state in ('gated', 'ready', 'held');
  perform orderweir.plan_copy(p_asked, true);
  if waiting.id is not null then
    perform orderweir.plan_copy(waiting, false);
  end if;
end $$;

-- What stands at a target while the newest of its lane waits at its gates is taken back: it was asked for in another configuration, or before the
-- order was cancelled and came back.
create function take_back_others(p_build bigint) returns void language plpgsql as $$
begin
  perform orderweir.take_back(d)
  from orderweir.delivery n
  join orderweir.delivery d on d.lane_id = n.lane_id
  where n.build_id = p_build and n.state = 'gated' and not d.cancel and orderweir.stands(d);
end $$;

-- Plans every delivery of messages of different entities; what a target has, or will have, already is not planned again, and a message that
-- changes nothing for any target is noted. A delivery's gates: array of {name, lasting, persons, people, heldWhenLate, rule, due (s), said {open, by, reason, evidence}}.
create or replace function plan_messages(p_plans orderweir.plan[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  wanted orderweir.wanted[];
  gate record;
  built bigint;
begin
  select array_agg(row(p.entity_id, p.message_id, null, null, d.connection, d.port, d.part, d.external_id, d.priority, d.goods_moving, d.cancel,
    d.after, d.line_ids, d.gates, d.gate_basis, d.fingerprint, d.hold, d.class, d.build_id)::orderweir.wanted)
  into wanted
  from unnest(p_plans) as p
  cross join jsonb_populate_recordset(null::orderweir.wanted, p.deliveries) as d;

  insert into orderweir.lane (entity_id, connection, part)
  select entity_id, connection, part from unnest(wanted)
  union
  select entity_id, after ->> 'connection', after ->> 'part' from unnest(wanted) where after is not null
  order by 1, 2, 3
  on conflict (entity_id, connection, part) do nothing;

  insert into orderweir.build (entity_id, line_id, class, basis)
  select distinct entity_id, part, class, gate_basis from unnest(wanted) where class is not null and not cancel
  on conflict (entity_id, line_id, basis) do nothing;

  select array_agg(row(w.entity_id, w.message_id, l.id, a.id, w.connection, w.port, w.part, w.external_id, w.priority, w.goods_moving, w.cancel,
    w.after, w.line_ids, w.gates, w.gate_basis, w.fingerprint, w.hold, w.class, coalesce(w.build_id, b.id))::orderweir.wanted)
  into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on (l.entity_id, l.connection, l.part) = (w.entity_id, w.connection, w.part)
  left join orderweir.lane a on (a.entity_id, a.connection, a.part) = (w.entity_id, w.after ->> 'connection', w.after ->> 'part')
  left join orderweir.build b on (b.entity_id, b.line_id, b.basis) = (w.entity_id, w.part, w.gate_basis) and w.class is not null and not w.cancel;

  -- a gate that was opened for the order is open for whatever is built now
  with born as (
    insert into orderweir.gate (build_id, name, lasting, persons, people, held_when_late, rule, due_at, proposed_at, proposed_by, opened_at, opened_by, evidence)
    select distinct on (w.build_id, g.name) w.build_id, g.name, coalesce(g.lasting, false), coalesce(g.persons, 1), g.people, coalesce(g."heldWhenLate", false), coalesce(g.rule, '{}'),
           clock_timestamp() + make_interval(secs => g.due), o.proposed_at, o.proposed_by, o.opened_at, o.opened_by, o.evidence
    from unnest(wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lasting boolean, persons smallint, people text[], "heldWhenLate" boolean, rule jsonb, due float8)
    left join lateral (
      select p.* from orderweir.build b
      join orderweir.gate p on p.build_id = b.id and p.name = g.name
      where b.entity_id = w.entity_id and b.id <> w.build_id and g.lasting and p.lasting and p.opened_at is not null
      order by p.opened_at desc limit 1) o on true
    order by w.build_id, g.name
    on conflict (build_id, name) do nothing
    returning build_id, name, opened_at, opened_by, evidence)
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence)
  select build_id, name, 'kept', opened_by, 'opened for the order', evidence from born where opened_at is not null;

  -- what the shop says itself opens a gate, and closes it again if it was the shop that had opened it
  for gate in
    select w.build_id, g.name, g.said
    from unnest(wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, said jsonb)
    where g.said is not null
  loop
    perform orderweir.hear(g, (gate.said ->> 'open')::boolean, gate.said ->> 'by', gate.said ->> 'reason', gate.said -> 'evidence')
    from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
  end loop;

  -- and what partners had said before
  for built in
    select distinct w.build_id from unnest(wanted) as w where w.build_id is not null and exists (
      select from orderweir.signal s where s.entity_id = w.entity_id and s.state = 'heard')
    order by 1
  loop
    perform orderweir.weigh_build(built);
  end loop;

  select array_agg(w::orderweir.wanted) into wanted
  from unnest(wanted) as w
  left join orderweir.lane l on l.id = w.lane_id
  where (l.fingerprint, l.cancelled) is distinct from (w.fingerprint, w.cancel)
    -- what a closed gate had cancelled would be asked for again when it opens
    or w.cancel and exists (select from orderweir.delivery d where d.lane_id = l.id and d.seq = l.last_seq and d.cancel and d.build_id is not null);

  update orderweir.delivery d
  set state = 'superseded', head = false, done_at = clock_timestamp(),
      reason = case when w.cancel then 'the order was cancelled' else 'newer version from the shop' end
  from unnest(wanted) as w
  where d.lane_id = w.lane_id and d.lane_id = any(array(select lane_id from unnest(wanted))) and d.state in ('gated', 'ready', 'held')
    -- what a closed gate cancels is cancelled, whatever comes after it
    and not (d.cancel and d.build_id is not null);

  with placed as materialized (
    select w.*, l.last_seq + 1 as seq, l.quiet_at, f.in_flight, c.closed,
           case
             when w.cancel and not f.in_flight and l.remote_id is null and not l.doubtful then 'superseded'
             when w.hold is not null then 'held'
             when c.closed > 0 then 'gated'
             else 'ready'
           end as state
    from unnest(wanted) as w
    left join orderweir.lane l on l.id = w.lane_id
    cross join lateral (
      select exists (
        select from orderweir.delivery d
        where d.lane_id = w.lane_id and (d.state in ('sending', 'unsure') or d.cancel and d.build_id is not null and d.state in ('ready', 'held')) offset 0) as in_flight) f
    cross join lateral (
      select count(*) as closed from jsonb_to_recordset(w.gates) as g (name text)
      where not exists (select from orderweir.gate o where o.build_id = w.build_id and o.name = g.name and o.opened_at is not null)) c),
  planned as (
    insert into orderweir.delivery (message_id, entity_id, lane_id, after_lane_id, seq, head, closed_gates, waits_after, state, done_at, reason,
      connection, port, part, external_id, priority, goods_moving, cancel, due_at, line_ids, fingerprint, gate_basis, build_id, behind)
    select message_id, entity_id, lane_id, after_lane_id, seq, not in_flight and state <> 'superseded',
           case when state in ('gated', 'held') then closed else 0 end,
           -- until refresh_waits finds that it need not
           after_lane_id is not null and state in ('gated', 'ready'),
           state, case when state = 'superseded' then clock_timestamp() end,
           case state when 'superseded' then 'cancelled before anything was sent' when 'held' then hold ->> 'reason' end,
           connection, port, part, external_id, priority, goods_moving, cancel, greatest(clock_timestamp(), quiet_at), line_ids, fingerprint, gate_basis,
           build_id, case when build_id is not null then array(select g.name from jsonb_to_recordset(gates) as g (name text) order by 1) end
    from placed
    order by message_id
    returning id, lane_id, message_id),
  remembered as (
    update orderweir.lane l
    set last_seq = p.seq, fingerprint = p.fingerprint, cancelled = p.cancel
    from placed p
    where l.id = p.lane_id and l.id = any(array(select lane_id from placed))),
  held as (
    insert into orderweir.hold (message_id, delivery_id, reason, sentence, path, fingerprint)
    select d.message_id, d.id, p.hold ->> 'reason', p.hold ->> 'sentence', p.hold ->> 'path',
           concat_ws('|', p.connection, p.hold ->> 'reason', p.hold ->> 'path')
    from planned d
    join placed p using (lane_id)
    where p.hold is not null and not p.cancel)
  update orderweir.message m
  set planned = m.planned + n.plans,
      state = case when m.planned + n.plans = 0 then 'noted' else 'planned' end,
      reason = case when m.planned + n.plans = 0 then 'nothing changed for any target' end
  from (
    select p.message_id, count(d.id) as plans from unnest(p_plans) as p left join planned d using (message_id) group by p.message_id) n
  where m.id = n.message_id and m.id = any(array(select message_id from unnest(p_plans)));

  perform orderweir.give_turn(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
  perform orderweir.take_back_others(w.build_id) from (select distinct build_id from unnest(wanted) where build_id is not null and not cancel) w;
end $$;

create or replace function let_through(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb, p_asked orderweir.gate) returns void language plpgsql as $$
begin
  update orderweir.gate
  set opened_at = clock_timestamp(), opened_by = p_by, proposed_at = p_asked.proposed_at, proposed_by = p_asked.proposed_by,
      evidence = coalesce(p_asked.evidence, p_evidence)
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'opened', p_by, p_reason, p_evidence);
  perform orderweir.lift_hold(p_gate);
  update orderweir.delivery
  set closed_gates = closed_gates - 1,
      state = case when state = 'gated' and closed_gates = 1 then 'ready' else state end
  where build_id = p_gate.build_id and state in ('gated', 'held') and p_gate.name = any (behind);
  perform orderweir.ask_anew(p_gate.build_id);
  perform orderweir.give_turn(p_gate.build_id);
  -- what partners had said of the gates after it counts now
  perform orderweir.weigh(g, false) from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is null and g.rule -> 'after' ? p_gate.name and (g.rule ? 'paid' or g.rule ? 'opens');
end $$;

-- Plans the same once more, behind the same gates, or its cancel.
create or replace function plan_copy(p_asked orderweir.delivery, p_cancel boolean) returns void language plpgsql as $$
begin
  perform orderweir.plan_message(p_asked.entity_id, p_asked.message_id, jsonb_build_array(jsonb_build_object(
    'connection', p_asked.connection, 'port', p_asked.port, 'part', p_asked.part, 'external_id', p_asked.external_id, 'priority', p_asked.priority,
    'goods_moving', p_asked.goods_moving and not p_cancel, 'cancel', p_cancel, 'line_ids', p_asked.line_ids, 'fingerprint', p_asked.fingerprint,
    'build_id', p_asked.build_id, 'class', (select class from orderweir.build where id = p_asked.build_id), 'gate_basis', p_asked.gate_basis,
    'gates', case when p_cancel then '[]' else (select coalesce(jsonb_agg(jsonb_build_object('name', name)), '[]') from unnest(p_asked.behind) as name) end,
    'after', case when not p_cancel then (select jsonb_build_object('connection', a.connection, 'part', a.part) from orderweir.lane a where a.id = p_asked.after_lane_id) end)));
end $$;

-- Returns how many requests are cancelled.
create or replace function shut(p_gate orderweir.gate, p_by text, p_reason text, p_evidence jsonb) returns int language plpgsql as $$
declare
  asked orderweir.delivery;
  cancels int := 0;
begin
  update orderweir.gate
  set opened_at = null, opened_by = null, proposed_at = null, proposed_by = null, evidence = null
  where build_id = p_gate.build_id and name = p_gate.name;
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (p_gate.build_id, p_gate.name, 'closed', p_by, p_reason, p_evidence);
  if p_gate.opened_at is null then
    return 0;
  end if;
  update orderweir.delivery
  set closed_gates = closed_gates + 1,
      state = case when state = 'held' then 'held' else 'gated' end,
      leased_until = null
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind)
    and (state in ('gated', 'ready', 'held') or state = 'sending' and called_at is null and unsure_since is null);
  for asked in
    select d.* from orderweir.delivery d
    where d.build_id = p_gate.build_id and not d.cancel and p_gate.name = any (d.behind)
      and orderweir.stands(d)
  loop
    perform orderweir.take_back(asked);
    cancels := cancels + 1;
  end loop;
  perform orderweir.take_back_others(p_gate.build_id);
  -- what may have arrived is not asked for again; whether there is something to cancel is looked up
  update orderweir.delivery
  set state = 'superseded', head = false, done_at = clock_timestamp(), leased_until = null, reason = format('gate %s was closed', p_gate.name)
  where build_id = p_gate.build_id and not cancel and p_gate.name = any (behind) and (state = 'unsure' or state = 'sending' and called_at is null);
  -- a slot that was booked behind it may be given to others
  select cancels + coalesce(sum(orderweir.shut(g, 'calendar ' || (g.rule ->> 'calendar'), format('gate %s was closed', p_gate.name), null)), 0) into cancels
  from orderweir.gate g
  where g.build_id = p_gate.build_id and g.opened_at is not null and g.rule ? 'calendar' and g.rule -> 'after' ? p_gate.name;
  update orderweir.slot set doubtful = true where build_id = p_gate.build_id and gate = p_gate.name;
  update orderweir.gate g set turn_at = null where g.build_id = p_gate.build_id and g.rule ? 'calendar' and g.turn_at is not null and (g.name = p_gate.name or g.rule -> 'after' ? p_gate.name);
  perform orderweir.refresh_waits(b.entity_id) from orderweir.build b where b.id = p_gate.build_id;
  return cancels;
end $$;

-- Opens a gate; where two persons are asked for, the first proposes and another one opens. The first evidence stays. With the last gate a
-- delivery waits behind it is ready, and what a closed gate had cancelled is asked for anew.
create or replace function open_gate(p_build bigint, p_order text, p_line text, p_gate text, p_by text, p_reason text, p_evidence jsonb) returns jsonb language plpgsql as $$
declare
  taken orderweir.gate := orderweir.take_gate(p_build, p_order, p_line, p_gate);
  left_closed int;
  before text[] := orderweir.closed_before(taken);
begin
  if taken.opened_at is not null then
    return orderweir.gate_answer(taken, format('Gate %s is already open: %s opened it at %s. That evidence stays.', p_gate, taken.opened_by, orderweir.utc(taken.opened_at)))
      || jsonb_build_object('alreadyOpen', true);
  end if;
  if not orderweir.gate_waits(taken.build_id) then
    raise exception 'Line % does not wait at gate % any more: %.', (select line_id from orderweir.build where id = taken.build_id), p_gate,
      coalesce((select format('its request is %s (%s)', d.state, coalesce(d.reason, 'no reason given')) from orderweir.delivery d
        where d.build_id = taken.build_id order by d.id desc limit 1), 'nothing was asked for it') using errcode = 'OW409';
  end if;
  if p_by <> all (taken.people) then
    raise exception 'Gate % is opened by %.', p_gate, coalesce(nullif(array_to_string(taken.people, ' or '), ''), 'no person') using errcode = 'OW403';
  end if;
  if cardinality(before) > 0 then
    raise exception 'Gate % comes after %, which is closed.', p_gate, array_to_string(before, ' and ') using errcode = 'OW409';
  end if;
  if taken.persons = 2 and taken.proposed_by is null then
    update orderweir.gate set proposed_at = clock_timestamp(), proposed_by = p_by, evidence = p_evidence
    where build_id = taken.build_id and name = p_gate
    returning * into taken;
    insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence) values (taken.build_id, p_gate, 'proposed', p_by, p_reason, p_evidence);
    return orderweir.gate_answer(taken, format('Gate %s is still closed: it takes a second person to open it.', p_gate)) || jsonb_build_object('alreadyOpen', false);
  end if;
  if taken.proposed_by = p_by then
    raise exception 'You proposed to open gate % at %. Another person opens it.', p_gate, orderweir.utc(taken.proposed_at) using errcode = 'OW409';
  end if;
  perform orderweir.let_through(g, p_by, p_reason, p_evidence, taken) from orderweir.same_gates(taken) as g where g.opened_at is null;
  select * into taken from orderweir.gate where build_id = taken.build_id and name = p_gate;
  select count(*) into left_closed from orderweir.gate where build_id = taken.build_id and opened_at is null;
  return orderweir.gate_answer(taken, format('Gate %s is open. %s', p_gate, case
      when exists (select from orderweir.delivery where build_id = taken.build_id and state = 'held') then 'The line is held for another reason.'
      when left_closed > 0 then format('%s still closed.', left_closed)
      else 'The line is requested now.' end)) || jsonb_build_object('alreadyOpen', false);
end $$;

-- Finds gates that are past their deadline, each once; returns what a person should be told.
create or replace function late_gates(p_at timestamptz default clock_timestamp()) returns setof text language plpgsql as $$
declare
  late record;
  taken orderweir.gate;
begin
  for late in
    select g.build_id, g.name, b.entity_id from orderweir.gate g join orderweir.build b on b.id = g.build_id
    where g.opened_at is null and g.late_at is null and g.due_at < p_at
      -- what is held for another reason is told when it waits at its gates again
      and (not orderweir.is_wanted(g.build_id) or exists (
        select from orderweir.delivery d where d.build_id = g.build_id and d.state = 'gated' and g.name = any (d.behind)))
    limit 200
  loop
    -- who is busy with the order may open it just now
    perform from orderweir.entity where id = late.entity_id for update skip locked;
    continue when not found;
    update orderweir.gate set late_at = p_at
    where build_id = late.build_id and name = late.name and opened_at is null and late_at is null and due_at < p_at
    returning * into taken;
    continue when not found or not exists (
      select from orderweir.delivery where build_id = late.build_id and state = 'gated' and late.name = any (behind));
    insert into orderweir.gate_decision (build_id, gate, at, decision, by, due_at) values (late.build_id, late.name, p_at, 'late', 'the deadline', taken.due_at);
    return next format('Order %s: gate %s of line %s was due at %s.', (select coalesce(name, key) from orderweir.entity where id = late.entity_id), late.name,
      (select line_id from orderweir.build where id = late.build_id), orderweir.utc(taken.due_at));
    if taken.held_when_late then
      perform orderweir.hold_at_gate(taken, 'gate-late', format('Order %s: gate %s of line %s was not opened until %s. Give it more time or open it, or discard the line.',
        (select coalesce(name, key) from orderweir.entity where id = late.entity_id), late.name,
        (select line_id from orderweir.build where id = late.build_id), orderweir.utc(taken.due_at)));
    end if;
  end loop;
end $$;
