-- The Error Hold bin: what waits for a person, who cares for it, and what was corrected.

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
  owner text,
  due_at timestamptz,
  snoozed_until timestamptz,
  constraint hold_closed_has_resolution check (num_nonnulls(closed_at, resolution) in (0, 2))
);
comment on column hold.owner is 'who cares for it; null = whoever cares for its group';
create index hold_open on hold (opened_at, id) where closed_at is null;
create unique index hold_open_delivery on hold (delivery_id) where closed_at is null;
create index hold_message on hold (message_id);
create index hold_open_group on hold (fingerprint, opened_at, id) include (snoozed_until, due_at) where closed_at is null;

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
