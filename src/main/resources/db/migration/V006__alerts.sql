-- What needs a person: one alert for each cause, and one message of it for each channel. A watch looks at the ledger again and again, so that nothing
-- has to be told at the moment it happens: what a process knew when it died still stands in the tables.

-- Once a minute, of every connection; kept for 25 hours. The charts are drawn from it.
create table sample (
  at timestamptz not null,
  connection text not null,
  due int not null,
  blocked int not null,
  gated int not null,
  held int not null,
  unsure int not null,
  lag_seconds int not null,
  delivered int not null,
  arrived int not null,
  primary key (at, connection)
);
comment on column sample.lag_seconds is 'how long what waits longest has waited since it was captured, released or let through its gates; 0 when nothing waits';
comment on column sample.delivered is 'deliveries that ended at the target since the sample before';
comment on column sample.arrived is 'messages of this connection taken in since the sample before';

-- In which ten minutes something was captured of a connection; kept for 8 days. Ten-minute steps since 1970.
create table arrival (
  connection text not null,
  bucket bigint not null,
  primary key (connection, bucket)
);

-- The one who watches holds this row: replicas take turns.
create table watch (
  only_one boolean primary key default true check (only_one),
  looked_at timestamptz not null default '-infinity',
  sampled_at timestamptz not null default '-infinity',
  seen_message bigint not null default 0
) with (fillfactor = 50);
comment on column watch.seen_message is 'the newest message whose arrival is noted';
insert into watch default values;

create table alert (
  id bigint generated always as identity primary key,
  state text not null default 'open' constraint alert_state check (state in ('open', 'acknowledged', 'over')),
  kind text not null,
  cause text not null,
  subject text not null,
  sentence text not null,
  count int not null default 1 check (count > 0),
  standing boolean not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  step smallint not null default 0 check (step >= 0),
  told_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  over_at timestamptz,
  ended_at timestamptz,
  constraint alert_over_has_time check ((state = 'over') = (over_at is not null)),
  constraint alert_acknowledged_has_person check (num_nonnulls(acknowledged_at, acknowledged_by) in (0, 2)),
  constraint alert_acknowledged_is_told check (state <> 'acknowledged' or acknowledged_at is not null),
  constraint alert_told_has_step check ((step > 0) = (told_at is not null))
) with (fillfactor = 70);
comment on column alert.cause is 'one alert at a time has it: hold|<fingerprint>, queue|<connection>, away|<connection>, late|<gate> ...';
comment on column alert.count is 'how many were affected at most, or how often it was said';
comment on column alert.standing is 'the watch sees it as long as it lasts; else it is over when a person has taken it';
comment on column alert.step is 'how far it was told: 0 nobody yet, then the steps of the channels';
comment on column alert.ended_at is 'when its end was told, or was found to be nobody''s news';
create unique index alert_cause on alert (cause) where state <> 'over';
create index alert_end on alert (over_at) where state = 'over' and ended_at is null;
create index alert_history on alert (id) where state = 'over';

-- One message on one channel: of one alert, or of all that have to be told there at that moment.
create table notification (
  id bigint generated always as identity primary key,
  state text not null default 'ready' constraint notification_state check (state in ('ready', 'sending', 'sent', 'unsure', 'failed', 'dropped')),
  purpose text not null constraint notification_purpose check (purpose in ('raised', 'escalated', 'over')),
  channel text not null,
  connection text not null,
  system text not null,
  recipient text,
  planned_at timestamptz not null,
  due_at timestamptz not null,
  call_id bigint,
  attempts int not null default 0,
  ended_at timestamptz,
  status int,
  reason text,
  answer text,
  remote_id text,
  alerts bigint[] not null check (cardinality(alerts) > 0),
  subject text not null,
  text text not null,
  constraint notification_sending_has_call check ((state = 'sending') = (call_id is not null)),
  constraint notification_ended_has_time check ((ended_at is not null) = (state in ('sent', 'unsure', 'failed', 'dropped')))
) with (fillfactor = 70);
comment on column notification.state is 'unsure = it may have been sent, and is not sent again; failed = refused, or given up after a day; dropped = over before it was sent';
create index notification_turn on notification (system, due_at, id) where state = 'ready';
create index notification_call on notification (call_id) where call_id is not null;

-- Who was told of what, once for each step of a channel; step 0 is its end.
create table told (
  alert_id bigint not null references alert,
  channel text not null,
  step smallint not null,
  notification_id bigint not null references notification,
  primary key (alert_id, channel, step)
);
create index told_notification on told (notification_id);
