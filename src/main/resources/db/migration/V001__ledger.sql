-- The ledger: every captured fact, every planned delivery, every permit. PostgreSQL is the only state.
-- Columns are ordered for the person who types "select *" at 3 a.m.: what it is, where it stands, when, then the wide things.

create table intake (
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  records bigint not null default 0,
  primary key (topic, partition)
) with (fillfactor = 50);

-- One order (or SKU, customer). Its row is the one lock under which anything of this entity is planned or changed.
create table entity (
  id bigint generated always as identity primary key,
  connection text not null,
  type text not null,
  key text not null,
  name text,
  version timestamptz,
  hash text,
  message_id bigint,
  unique (connection, type, key)
) with (fillfactor = 80);
create index entity_name on entity (name);

create table message (
  id bigint generated always as identity primary key,
  state text not null
    constraint message_state check (state in ('planned', 'noted', 'held', 'superseded', 'discarded')),
  type text not null,
  connection text not null,
  entity_id bigint not null references entity,
  version timestamptz,
  repeats int not null default 0 check (repeats >= 0),
  planned int not null default 0 check (planned >= 0),
  reason text,
  captured_at timestamptz not null,
  appended_at timestamptz not null default clock_timestamp(),
  topic text not null,
  partition int not null,
  "offset" bigint not null,
  ce_id text not null unique,
  correlation_id text not null,
  hash text,
  constraint message_set_aside_has_reason check (state not in ('held', 'noted', 'superseded', 'discarded') or reason is not null)
) with (fillfactor = 80);
create index message_entity on message (entity_id, id);
create index message_held on message (entity_id) where state = 'held';

create table payload (
  message_id bigint primary key references message,
  canonical jsonb,
  raw bytea not null
);

-- One part of one entity at one target: what the target is known to hold of it.
create table lane (
  id bigint generated always as identity primary key,
  connection text not null,
  entity_id bigint not null references entity,
  part text not null,
  last_seq bigint not null default 0,
  remote_id text,
  cancelled boolean not null default false,
  doubtful boolean not null default false,
  quiet_at timestamptz not null default '-infinity',
  fingerprint text,
  unique (entity_id, connection, part)
) with (fillfactor = 70);
comment on column lane.remote_id is 'the record at the target; null while none is known';
comment on column lane.doubtful is 'a create ended in the Error Hold bin while its outcome was unknown: the target may hold a record';
comment on column lane.quiet_at is 'until then the target may still be working on an unanswered call of this lane';
comment on column lane.fingerprint is 'of the content last planned for the target: an equal one is not planned again';

create table delivery (
  id bigint generated always as identity primary key,
  message_id bigint not null references message,
  state text not null
    constraint delivery_state check (state in ('gated', 'ready', 'sending', 'unsure', 'held', 'delivered', 'confirmed', 'superseded', 'discarded')),
  connection text not null,
  port text not null,
  part text not null,
  cancel boolean not null default false,
  head boolean not null default false,
  seq bigint not null,
  priority smallint not null,
  closed_gates smallint not null default 0 check (closed_gates >= 0),
  waits_after boolean not null default false,
  stopped boolean not null default false,
  goods_moving boolean not null default false,
  claims int not null default 0,
  attempts smallint not null default 0,
  due_at timestamptz not null,
  leased_until timestamptz,
  called_at timestamptz,
  unsure_since timestamptz,
  failed_at timestamptz,
  done_at timestamptz,
  reason text,
  remote_id text,
  external_id text not null,
  entity_id bigint not null references entity,
  lane_id bigint not null references lane,
  after_lane_id bigint references lane,
  line_ids jsonb not null,
  fingerprint text not null,
  gate_basis text,
  claimable boolean not null generated always as
    (head and (state = 'unsure' or (state = 'ready' and closed_gates = 0 and not waits_after and not stopped))) stored,
  constraint delivery_sending_has_lease check ((state = 'sending') = (leased_until is not null)),
  constraint delivery_called_is_sending check (called_at is null or state = 'sending'),
  constraint delivery_unsure_has_time check (state <> 'unsure' or unsure_since is not null),
  constraint delivery_in_flight_is_head check (head or state not in ('sending', 'unsure')),
  constraint delivery_head_is_open check (not head or state in ('gated', 'ready', 'sending', 'unsure', 'held')),
  constraint delivery_gated_has_gates check (state <> 'gated' or closed_gates > 0),
  constraint delivery_gates_are_open check (closed_gates = 0 or state in ('gated', 'held', 'superseded', 'discarded')),
  constraint delivery_done_has_time check ((done_at is not null) = (state in ('delivered', 'confirmed', 'superseded', 'discarded'))),
  constraint delivery_done_has_remote check (state not in ('delivered', 'confirmed') or remote_id is not null),
  constraint delivery_parked_has_reason check (state not in ('held', 'superseded', 'discarded') or reason is not null)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
comment on column delivery.line_ids is 'the lines of the order that this part stands for';
comment on column delivery.waits_after is 'policy/sync.yaml: it waits until the delivery it comes after is done';
comment on column delivery.stopped is 'something of the same entity is held: nothing unsent of it moves';
create unique index delivery_one_head on delivery (lane_id) where head;
create index delivery_turn on delivery (connection, priority, due_at, id) where claimable;
create index delivery_lane on delivery (lane_id, seq) where state in ('gated', 'ready', 'sending', 'unsure', 'held');
create index delivery_entity on delivery (entity_id) where state in ('gated', 'ready', 'sending', 'unsure', 'held');
create index delivery_lease on delivery (leased_until) where state = 'sending';
create index delivery_message on delivery (message_id);
create index delivery_history on delivery (lane_id, id);

create table gate (
  delivery_id bigint not null references delivery,
  name text not null,
  due_at timestamptz,
  opened_at timestamptz,
  opened_by text,
  evidence jsonb,
  primary key (delivery_id, name),
  constraint gate_open_has_proof check (num_nonnulls(opened_at, opened_by, evidence) in (0, 3))
);
create index gate_closed on gate (due_at) where opened_at is null;

-- One visit to the Error Hold bin: of a message that could not be planned, or of a delivery that could not be made.
create table hold (
  id bigint generated always as identity primary key,
  message_id bigint not null references message,
  delivery_id bigint references delivery,
  opened_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  reason text not null,
  sentence text not null,
  resolution text,
  resolved_by text,
  path text,
  fingerprint text not null,
  answer_status int,
  answer text,
  constraint hold_closed_has_resolution check (num_nonnulls(closed_at, resolution) in (0, 2))
);
create index hold_open on hold (opened_at, id) where closed_at is null;
create unique index hold_open_delivery on hold (delivery_id) where closed_at is null;
create index hold_message on hold (message_id);

-- An operator's correction: the value, and the value it replaced; newer versions that still carry the old value get it again.
create table correction (
  id bigint generated always as identity primary key,
  entity_id bigint not null references entity,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  path text[] not null,
  replaced jsonb,
  value jsonb
);
create index correction_entity on correction (entity_id, id);

create table allowance (
  connection text not null,
  limit_name text not null,
  slots int not null check (slots > 0),
  window_length interval not null,
  primary key (connection, limit_name)
);

create table permit (
  connection text not null,
  limit_name text not null,
  slot int not null,
  priority smallint,
  free_at timestamptz not null,
  opens_at timestamptz not null default '-infinity',
  delivery_id bigint,
  claim int,
  primary key (connection, limit_name, slot),
  foreign key (connection, limit_name) references allowance
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index permit_free on permit (connection, limit_name, free_at);
create index permit_taken on permit (delivery_id) where delivery_id is not null;

create table connection_state (
  connection text primary key,
  succeeded_at timestamptz not null default '-infinity',
  paused_at timestamptz,
  reason text,
  constraint connection_paused_has_reason check (paused_at is null or reason is not null)
) with (fillfactor = 50);

create table attempt (
  delivery_id bigint not null,
  claim int not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null
    constraint attempt_outcome check (outcome in ('done', 'found', 'absent', 'later', 'unsure', 'pause', 'hold')),
  verb text not null,
  status int,
  reason text,
  request text,
  answer text
) partition by range (started_at);
create table attempt_default partition of attempt default;
create index attempt_delivery on attempt (delivery_id, started_at);
