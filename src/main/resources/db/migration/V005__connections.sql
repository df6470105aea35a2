-- What all replicas know of a connection: whether its target is away, how fast it may be called, and which ledger this is.
alter table connection_state
  add column failures int not null default 0,
  add column away_since timestamptz,
  add column closed boolean not null default false,
  add column probe_at timestamptz,
  add column probes int not null default 0,
  add column probes_on date,
  add column opens_at timestamptz not null default '-infinity',
  add constraint connection_away_has_probe check ((away_since is null) = (probe_at is null)),
  add constraint connection_closed_is_away check (not closed or away_since is not null);
comment on column connection_state.failures is 'calls without an answer, one after the other, since the target last answered';
comment on column connection_state.away_since is 'the breaker is open: one delivery at a time finds out whether the target is back';
comment on column connection_state.closed is 'the target does not even take a connection: no delivery is tried, somebody knocks';
comment on column connection_state.probe_at is 'when the next knock or the next single delivery is due';
comment on column connection_state.probes is 'deliveries tried while away on the day probes_on (UTC)';
comment on column connection_state.opens_at is 'the target said when it wants to be called again';

alter table allowance
  add column opened int,
  add column good int,
  add column slowed_at timestamptz not null default '-infinity',
  add column raise_at timestamptz,
  add constraint allowance_slowed check (num_nonnulls(opened, good, raise_at) in (0, 3)),
  add constraint allowance_opened check (opened between good and slots and good > 0);
comment on column allowance.opened is 'how many of the slots are in use since the target refused a call; null = all';
comment on column allowance.good is 'how many it is known to take';
comment on column allowance.slowed_at is 'when opened was last changed: a refusal of an earlier call says nothing about it';
comment on column allowance.raise_at is 'when the next more are tried';

alter table attempt
  drop constraint attempt_outcome,
  add constraint attempt_outcome check (outcome in ('done', 'found', 'absent', 'later', 'away', 'throttled', 'again', 'unsure', 'pause', 'hold'));

-- Which database this is. A restored copy has another history: calls of its last window may be missing, so every permit is taken for one.
create table origin (
  only_one boolean primary key default true check (only_one),
  system_identifier bigint not null,
  timeline text not null
);
insert into origin (system_identifier, timeline)
select system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) from pg_control_system();

-- Attempts are kept by the day (UTC): a day is dropped whole, which leaves no holes in tables or indexes.
-- Makes the days up to the one after tomorrow and drops those that ended more than p_keep ago; returns how many it dropped.
create function keep_attempts(p_keep interval, p_at timestamptz default clock_timestamp()) returns int language plpgsql as $$
declare
  day date;
  old record;
  dropped int := 0;
begin
  perform set_config('lock_timeout', '2s', true);
  for day in select generate_series((p_at at time zone 'UTC')::date, (p_at at time zone 'UTC')::date + 2, interval '1 day')::date loop
    if to_regclass('orderweir.attempt_' || to_char(day, 'YYYYMMDD')) is null then
      execute format('create table orderweir.attempt_%s (like orderweir.attempt including all)', to_char(day, 'YYYYMMDD'));
      -- what came while nobody made days lies in the default one
      execute format($move$
        with moved as (delete from orderweir.attempt_default where started_at >= %1$L and started_at < %2$L returning *)
        insert into orderweir.attempt_%3$s select * from moved$move$,
        day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC', to_char(day, 'YYYYMMDD'));
      execute format('alter table orderweir.attempt attach partition orderweir.attempt_%s for values from (%L) to (%L)',
        to_char(day, 'YYYYMMDD'), day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
  end loop;
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'orderweir.attempt'::regclass and c.relname ~ '^attempt_\d{8}$'
      and ((to_date(substr(c.relname, 9), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC') < p_at - p_keep
  loop
    execute format('drop table orderweir.%I', old.relname);
    dropped := dropped + 1;
  end loop;
  delete from orderweir.attempt_default where started_at < p_at - p_keep;
  return dropped;
end $$;

-- The forecast of a connection looks at the last minute of attempts, whatever else there is.
create index attempt_started on attempt using brin (started_at) with (pages_per_range = 16, autosummarize = on);

-- A person stops a connection: what is under way ends, nothing more is claimed.
create function pause_connection(p_connection text, p_by text, p_reason text) returns jsonb language plpgsql as $$
declare
  known orderweir.connection_state;
begin
  insert into orderweir.connection_state (connection) values (p_connection) on conflict do nothing;
  select * into known from orderweir.connection_state where connection = p_connection for update;
  if known.paused_at is not null then
    return jsonb_build_object('connection', p_connection, 'wasPaused', true, 'pausedAt', orderweir.utc(known.paused_at), 'reason', known.reason,
      'answer', format('Connection %s has been paused since %s: %s', p_connection, orderweir.utc(known.paused_at), known.reason));
  end if;
  update orderweir.connection_state
  set paused_at = clock_timestamp(), reason = format('paused by %s: %s', p_by, p_reason)
  where connection = p_connection
  returning * into known;
  return jsonb_build_object('connection', p_connection, 'wasPaused', false, 'pausedAt', orderweir.utc(known.paused_at), 'reason', known.reason,
    'answer', format('Connection %s is paused. What is under way ends; nothing more is sent until it is resumed.', p_connection));
end $$;

select keep_attempts(interval '72 hours');
