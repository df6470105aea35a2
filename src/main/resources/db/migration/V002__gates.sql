-- Gates of what is built to order, what partners say of them, and the capacity of a factory that has no interface.

create table gate (
  build_id bigint not null references build,
  name text not null,
  lasting boolean not null default false,
  persons smallint not null default 1 check (persons in (1, 2)),
  people text[],
  held_when_late boolean not null default false,
  due_at timestamptz,
  late_at timestamptz,
  proposed_at timestamptz,
  proposed_by text,
  opened_at timestamptz,
  opened_by text,
  evidence jsonb,
  proposers text[],
  rule jsonb not null default '{}',
  turn_at timestamptz,
  waited_for boolean not null default false,
  primary key (build_id, name),
  constraint gate_open_has_proof check (opened_at is null and opened_by is null or num_nonnulls(opened_at, opened_by, evidence) = 3),
  constraint gate_proposal_has_proof check (proposed_at is null and proposed_by is null or num_nonnulls(proposed_at, proposed_by, evidence) = 3),
  constraint gate_evidence_has_a_name check (evidence is null or coalesce(opened_by, proposed_by) is not null),
  constraint gate_open_is_not_waited_for check (not waited_for or opened_at is null),
  constraint gate_two_are_two check (persons = 1 or opened_by is null or opened_by <> proposed_by)
);
comment on column gate.lasting is 'for the order: one for all its builds, whatever is built';
comment on column gate.persons is '2: one proposes, and another opens';
comment on column gate.people is 'who may open it by hand; null = anyone';
comment on column gate.late_at is 'when somebody was told that it is late';
comment on column gate.rule is 'what opens it without a person: {paid} share of the total, or {opens, closes} kinds of signals, or {calendar}; {after} the gates that are open before';
comment on column gate.turn_at is 'since when nothing but a slot of its calendar is missing';
comment on column gate.proposers is 'where it takes two: who may propose to open it; null = who may open it';
comment on column gate.waited_for is 'closed, and a delivery behind it is gated or held';
create index gate_due on gate (due_at) where opened_at is null and late_at is null;
create index gate_turn on gate ((rule ->> 'calendar'), turn_at, build_id) where turn_at is not null;
create index gate_board on gate (name, coalesce(due_at, 'infinity'), build_id) where waited_for;
create index gate_oldest on gate (name, build_id) where waited_for;

create table gate_decision (
  id bigint generated always as identity primary key,
  build_id bigint not null references build,
  gate text not null,
  at timestamptz not null default clock_timestamp(),
  decision text not null check (decision in ('proposed', 'opened', 'closed', 'refused', 'extended', 'late', 'kept')),
  by text not null,
  reason text,
  evidence jsonb,
  due_at timestamptz
);
create index gate_decision_build on gate_decision (build_id, id);

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
comment on column slot.doubtful is 'something of its build has ended: it may not be needed any more';
create index slot_day on slot (calendar, day);
create index slot_doubtful on slot (build_id) where doubtful;
