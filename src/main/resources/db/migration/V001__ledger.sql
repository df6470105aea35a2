-- The ledger: every captured fact and every planned delivery. PostgreSQL is the only state.
-- Columns are ordered for the person who types "select *" at 3 a.m.: what it is, where it stands, when, then the wide things.
-- Functions stand in db/functions, one to a file.

-- Which database this is. A restored copy has another history: calls of its last window may be missing, so every permit is taken for one.
create table origin (
  only_one boolean primary key default true check (only_one),
  system_identifier bigint not null,
  timeline text not null
);
insert into origin (system_identifier, timeline)
select system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) from pg_control_system();

create table intake (
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  records bigint not null default 0,
  primary key (topic, partition)
) with (fillfactor = 50);

-- What is written twice in one transaction finds room on its page, and no index is touched: hence half-filled pages here and in lane.
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
) with (fillfactor = 50);
-- a person knows the order, not the connection; the corrections of a batch are looked up by key alone too
create index entity_key on entity (key);
-- by its beginning, too: #12 finds #1201
create index entity_name on entity (name text_pattern_ops);

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
create index message_correlation on message using hash (correlation_id);

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
  requests int not null default 1 check (requests > 0),
  unique (entity_id, connection, part)
) with (fillfactor = 50);
comment on column lane.remote_id is 'the record at the target; null while none is known';
comment on column lane.doubtful is 'a create ended in the Error Hold bin while its outcome was unknown: the target may hold a record';
comment on column lane.quiet_at is 'until then the target may still be working on an unanswered call of this lane';
comment on column lane.fingerprint is 'of the content last planned for the target: an equal one is not planned again';
comment on column lane.requests is 'how many the target was sent, one after a final cancel of the other; the second and later have it in their reference';
create index lane_record on lane (remote_id) where remote_id is not null;

-- A line that is built to order, in one configuration, is a build. Its gates are the build's, whatever is asked for it and of whom: each is opened
-- once. What is asked (its shipment) is a delivery behind some of them. Every decision at a gate stays, with who, when, why and on what evidence.
create table build (
  id bigint generated always as identity primary key,
  entity_id bigint not null references entity,
  line_id text not null,
  class text not null,
  basis text not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (entity_id, line_id, basis)
);
comment on column build.basis is 'fingerprint of the line: another one is another build';

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
  looks boolean not null default false,
  final boolean not null default false,
  call_id bigint,
  attempts smallint not null default 0,
  due_at timestamptz not null,
  unsure_since timestamptz,
  failed_at timestamptz,
  done_at timestamptz,
  looked_at timestamptz,
  reason text,
  remote_id text,
  external_id text not null,
  entity_id bigint not null references entity,
  lane_id bigint not null references lane,
  after_lane_id bigint references lane,
  build_id bigint references build,
  behind text[],
  notice text check (notice in ('closed', 'open')),
  found jsonb,
  line_ids jsonb not null,
  fingerprint text not null,
  gate_basis text,
  claimable boolean not null generated always as
    (head and (state = 'unsure' or (state = 'ready' and closed_gates = 0 and not waits_after and not stopped))) stored,
  constraint delivery_sending_has_call check (state <> 'sending' or call_id is not null),
  constraint delivery_call_may_still_answer check (call_id is null or state in ('sending', 'unsure')),
  constraint delivery_unsure_has_time check (state <> 'unsure' or unsure_since is not null),
  constraint delivery_in_flight_is_head check (head or state not in ('sending', 'unsure')),
  constraint delivery_head_is_open check (not head or state in ('gated', 'ready', 'sending', 'unsure', 'held')),
  constraint delivery_gated_has_gates check (state <> 'gated' or closed_gates > 0),
  constraint delivery_gates_are_open check (closed_gates = 0 or state in ('gated', 'held', 'superseded', 'discarded')),
  constraint delivery_done_has_time check ((done_at is not null) = (state in ('delivered', 'confirmed', 'superseded', 'discarded'))),
  constraint delivery_done_has_remote check (state not in ('delivered', 'confirmed') or remote_id is not null),
  constraint delivery_behind_gates_of_a_build check ((build_id is null) = (behind is null)),
  constraint delivery_final_is_cancel check (not final or cancel and state = 'delivered'),
  constraint delivery_parked_has_reason check (state not in ('held', 'superseded', 'discarded') or reason is not null)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
comment on column delivery.line_ids is 'the lines of the order that this part stands for';
comment on column delivery.waits_after is 'policy/sync.yaml: it waits until the delivery it comes after is done';
comment on column delivery.stopped is 'something of the same entity is held: nothing unsent of it moves';
comment on column delivery.call_id is 'the call it is being sent in; while it is unsure the last one, whose answer may still come';
comment on column delivery.build_id is 'the build it is asked for; also of the cancel that a closed gate sends after it';
comment on column delivery.behind is 'the gates that must be open before it is sent';
comment on column delivery.final is 'cancelled at a target that does not take it up again';
comment on column delivery.notice is 'told to the shop: closed = while a gate of its build is closed, open = while those it is behind are open';
comment on column delivery.found is 'what an earlier call of it found out, for the next one';
comment on column delivery.looked_at is 'when it was last looked for; of a lost change or cancel, when its record was: it is sent again';
comment on column delivery.looks is 'a held one of which is only found out whether the target has it; nothing is sent';
create unique index delivery_one_head on delivery (lane_id) where head;
create index delivery_turn on delivery (connection, priority, due_at, id) where claimable;
create index delivery_lane on delivery (lane_id, seq) where state in ('gated', 'ready', 'sending', 'unsure', 'held');
create index delivery_entity on delivery (entity_id) where state in ('gated', 'ready', 'sending', 'unsure', 'held');
create index delivery_call on delivery (call_id) where call_id is not null;
create index delivery_message on delivery (message_id);
create index delivery_history on delivery (lane_id, id);
create index delivery_build on delivery (build_id) where build_id is not null;
create index delivery_reference on delivery (external_id) where build_id is not null;
create index delivery_at_gate on delivery (build_id) where state in ('gated', 'held') and build_id is not null;

-- What a shop said of its products: their type may decide which gates a line waits at, and the news of an order do not carry it. A product is a
-- captured message as any other; a trigger keeps what the newest says, so that no other message costs more.
create table product (
  connection text not null,
  product_id text not null,
  product_type text,
  deleted boolean not null default false,
  updated_at timestamptz,
  primary key (connection, product_id),
  constraint product_type_has_time check ((product_type is null) = (updated_at is null)),
  constraint product_without_type_is_deleted check (product_type is not null or deleted)
) with (fillfactor = 80);
comment on column product.product_type is 'as the merchant wrote it, empty when it has none; null = deleted before it was told';
comment on column product.updated_at is 'of the newest version known, by the shop''s clock';

-- One record as process writes it: see ledger_append.
create type event as (
  "offset" bigint, ce_id text, connection text, type text, entity_key text, name text, correlation_id text,
  captured_at timestamptz, version timestamptz, hash text, canonical jsonb, note text, hold jsonb, deliveries jsonb);

-- What a new message asks for, under the lock of its entity. counted: the deliveries that message.planned counts already.
create type plan as (entity_id bigint, message_id bigint, deliveries jsonb, counted int);

-- A delivery as process plans it, and whose it is.
create type wanted as (
  entity_id bigint, message_id bigint, lane_id bigint, after_lane_id bigint, connection text, port text, part text, external_id text, priority smallint,
  goods_moving boolean, cancel boolean, after jsonb, line_ids jsonb, gates jsonb, gate_basis text, fingerprint text, hold jsonb, class text, build_id bigint, notice text, line_id text);
