-- Calls of targets: what their limits allow, what is known of each connection, and what became of every call.

create table allowance (
  connection text not null,
  limit_name text not null,
  slots int not null check (slots > 0),
  window_length interval not null,
  leak interval check (leak > interval '0'),
  spared int not null default 0 check (spared >= 0),
  cost int not null default 1 check (cost > 0),
  opened int,
  good int,
  slowed_at timestamptz not null default '-infinity',
  raise_at timestamptz,
  emptied_at timestamptz not null default '-infinity',
  charged_at timestamptz not null default '-infinity',
  primary key (connection, limit_name),
  constraint allowance_slowed check (num_nonnulls(opened, good, raise_at) in (0, 3)),
  constraint allowance_opened check (opened between good and slots and good > 0)
);
comment on column allowance.opened is 'how many of the slots are in use since the target refused a call; null = all';
comment on column allowance.good is 'how many it is known to take';
comment on column allowance.slowed_at is 'when opened was last changed: a refusal of an earlier call says nothing about it';
comment on column allowance.raise_at is 'when the next more are tried';
comment on column allowance.leak is 'a bucket: its slots come back one after the other, so far apart; null = each one window after its own call';
comment on column allowance.spared is 'slots of the account that are left to other applications';
comment on column allowance.cost is 'points of one slot, in which the target tells what is left';
comment on column allowance.emptied_at is 'a bucket: when nothing of the calls settled so far is left in it (the theoretical arrival time of GCRA, ITU-T I.371)';
comment on column allowance.charged_at is 'a bucket: until when the last call that was settled may have reached the target';

create table permit (
  connection text not null,
  limit_name text not null,
  slot int not null,
  priority smallint,
  free_at timestamptz not null,
  holder bigint,
  primary key (connection, limit_name, slot),
  foreign key (connection, limit_name) references allowance
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
comment on column permit.holder is 'the open call that has it';
create index permit_free on permit (connection, limit_name, free_at);
create index permit_taken on permit (holder) where holder is not null;

create table connection_state (
  connection text primary key,
  succeeded_at timestamptz not null default '-infinity',
  paused_at timestamptz,
  reason text,
  resumed_at timestamptz,
  resumed_by text,
  failures int not null default 0,
  away_since timestamptz,
  closed boolean not null default false,
  probe_at timestamptz,
  probes int not null default 0,
  probes_on date,
  opens_at timestamptz not null default '-infinity',
  constraint connection_paused_has_reason check (paused_at is null or reason is not null),
  constraint connection_away_has_probe check ((away_since is null) = (probe_at is null)),
  constraint connection_closed_is_away check (not closed or away_since is not null)
) with (fillfactor = 50);
comment on column connection_state.resumed_by is 'who last let it go on after a pause';
comment on column connection_state.failures is 'calls without an answer, one after the other, since the target last answered';
comment on column connection_state.away_since is 'the breaker is open: one delivery at a time finds out whether the target is back';
comment on column connection_state.closed is 'the target does not even take a connection: no delivery is tried, somebody knocks';
comment on column connection_state.probe_at is 'when the next knock or the next single delivery is due';
comment on column connection_state.probes is 'deliveries tried while away on the day probes_on (UTC)';
comment on column connection_state.opens_at is 'the target said when it wants to be called again';

-- One open call, whatever it is for: taken together with its permits, called when its bytes are about to leave, ended with everything it changed. The
-- rows are few and short-lived; what refers to one (a permit, a delivery, a message of an alert) does so by number, because a delivery whose answer
-- may still come outlives it.
create sequence call_number;
create table call (
  id bigint primary key,
  purpose text not null constraint call_purpose check (purpose in ('deliver', 'tell', 'test')),
  connection text not null,
  port text not null,
  verb text not null,
  repeatable boolean not null default false,
  claimed_at timestamptz not null,
  leased_until timestamptz not null,
  called_at timestamptz,
  replica int
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
comment on column call.repeatable is 'a second one of the same does no harm';
comment on column call.called_at is 'committed before the bytes leave; null = nothing has left this machine';
comment on column call.replica is 'who makes it; null = unknown, then only the lease tells';
create index call_lease on call (leased_until);

-- One ended call: what was asked and answered. Only added to, by the day (UTC) of its end, so that a day is dropped whole.
create table call_log (
  id bigint not null,
  purpose text not null,
  connection text not null,
  port text not null,
  verb text not null,
  outcome text not null
    constraint call_log_outcome check (outcome in ('done', 'found', 'absent', 'onward', 'later', 'unsure', 'pause', 'hold')),
  because text constraint call_log_because check (because in ('away', 'too-fast', 'busy', 'not-now')),
  status int,
  reason text,
  claimed_at timestamptz not null,
  called_at timestamptz not null,
  ended_at timestamptz not null,
  replica int,
  expired boolean not null default false,
  request text,
  answer text,
  constraint call_log_later_has_a_cause check (outcome <> 'later' or because is not null)
) partition by range (ended_at);
comment on column call_log.id is 'the call''s; a second row of the same is its late answer, after its lease had ended';
comment on column call_log.expired is 'nobody saw its end: an answer may still come';
create table call_log_default partition of call_log default;
create index call_log_id on call_log (id);
create index call_log_ended on call_log using brin (ended_at) with (pages_per_range = 16, autosummarize = on);

-- What one call did for one delivery.
create table call_item (
  call_id bigint not null,
  delivery_id bigint not null,
  outcome text not null,
  ended_at timestamptz not null
) partition by range (ended_at);
create table call_item_default partition of call_item default;
create index call_item_delivery on call_item (delivery_id);

-- How a call ended, as it is handed from one function to the next. arrived_by: the last moment at which it may have reached its target;
-- works_until: until when the target may be working on it; times in s.
create type call_end as (
  call bigint, purpose text, connection text, port text, verb text, repeatable boolean, claimed_at timestamptz, called_at timestamptz, replica int, ended_at timestamptz,
  arrived_by timestamptz, works_until timestamptz, expired boolean, outcome text, because text, failure text, status int, reason text, remote_id text, found jsonb,
  final boolean, wait float8, closed_for float8, available float8, others_answered boolean, patience int, breaks int, settles float8, sentence text, path text,
  request text, answer text);

-- One permit of every limit of a connection, for one call. priority: of whom it was kept for, else null.
create type granted as (call_id bigint, starts_at timestamptz, priority smallint);

-- Who died is known at once: each process that delivers holds a session of the ledger, which ends with it.
create sequence replica_number as int cycle;

create view replica as
select l.objid::bigint::int as number, a.backend_start as since
from pg_locks l
join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
  and l.classid = (hashtext('orderweir.replica')::bigint & 4294967295)::oid
  and l.database = (select oid from pg_database where datname = current_database());
comment on view replica is 'the processes that deliver, and since when each has held its session';
