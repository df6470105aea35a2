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
  delivery_id bigint,
  claim int,
  primary key (connection, limit_name, slot),
  foreign key (connection, limit_name) references allowance
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
comment on column permit.delivery_id is 'who has it: a delivery, or with a minus before its number a notification or, of claim 0, a test call';
create index permit_free on permit (connection, limit_name, free_at);
create index permit_taken on permit (delivery_id) where delivery_id is not null;

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

create table attempt (
  delivery_id bigint not null,
  claim int not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null
    constraint attempt_outcome check (outcome in ('done', 'found', 'absent', 'onward', 'later', 'away', 'throttled', 'again', 'unsure', 'pause', 'hold')),
  verb text not null,
  status int,
  reason text,
  request text,
  answer text
) partition by range (started_at);
create table attempt_default partition of attempt default;
create index attempt_delivery on attempt (delivery_id, started_at);
create index attempt_started on attempt using brin (started_at) with (pages_per_range = 16, autosummarize = on);

-- Who died is known at once: each process that delivers holds a session of the ledger, which ends with it.
create sequence replica_number as int cycle;

create sequence test_call;
comment on sequence test_call is 'numbers of test calls: their permits have the number with a minus as delivery_id, and claim 0';

create view replica as
select l.objid::bigint::int as number, a.backend_start as since
from pg_locks l
join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
  and l.classid = (hashtext('orderweir.replica')::bigint & 4294967295)::oid
  and l.database = (select oid from pg_database where datname = current_database());
comment on view replica is 'the processes that deliver, and since when each has held its session';
