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
insert into watch (seen_message) select coalesce(max(id), 0) from message;
comment on column watch.seen_message is 'the newest message whose arrival is noted';

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
  claims int not null default 0,
  attempts int not null default 0,
  leased_until timestamptz,
  called_at timestamptz,
  ended_at timestamptz,
  status int,
  reason text,
  answer text,
  remote_id text,
  alerts bigint[] not null check (cardinality(alerts) > 0),
  subject text not null,
  text text not null,
  constraint notification_sending_has_lease check ((state = 'sending') = (leased_until is not null)),
  constraint notification_called_is_sending check (called_at is null or state = 'sending'),
  constraint notification_ended_has_time check ((ended_at is not null) = (state in ('sent', 'unsure', 'failed', 'dropped')))
) with (fillfactor = 70);
comment on column notification.state is 'unsure = it may have been sent, and is not sent again; failed = refused, or given up after a day; dropped = over before it was sent';
create index notification_turn on notification (system, due_at, id) where state in ('ready', 'sending');

-- Who was told of what, once for each step of a channel; step 0 is its end.
create table told (
  alert_id bigint not null references alert,
  channel text not null,
  step smallint not null,
  notification_id bigint not null references notification,
  primary key (alert_id, channel, step)
);
create index told_notification on told (notification_id);

comment on column permit.delivery_id is 'who has it: a delivery, or a notification with a minus before its number';

-- 2800 as 2,800.
create function counted(p_count bigint) returns text language sql immutable as $$
  select to_char(p_count, 'FM999,999,999,990')
$$;

-- Time of day in the zone of those who read it, with the day when it is another one.
create function clock(p_when timestamptz, p jsonb) returns text language sql stable as $$
  select to_char(p_when at time zone (p ->> 'zone'), case when p_when > clock_timestamp() - interval '12 hours' then 'HH24:MI' else 'YYYY-MM-DD HH24:MI' end)
$$;

-- 15 min, 3 h, 4 days.
create function lasting(p_time interval) returns text language sql immutable as $$
  select case when extract(epoch from p_time) < 7200 then greatest(1, round(extract(epoch from p_time) / 60)) || ' min'
              when extract(epoch from p_time) < 172800 then round(extract(epoch from p_time) / 3600) || ' h'
              else round(extract(epoch from p_time) / 86400) || ' days' end
$$;

-- What has waited longest, by connection and type: since when it could have been sent. Among the twenty that are due first of each priority.
create function waiting_since(p_connections text[], p_at timestamptz) returns table (connection text, type text, since timestamptz) language sql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select c.connection, m.type, min(greatest(m.captured_at,
           (select max(h.closed_at) from orderweir.hold h where h.message_id = m.id),
           (select max(g.opened_at) from orderweir.gate g where g.build_id = d.build_id)))
  from unnest(p_connections) as c (connection)
  cross join generate_series(0, 4) as l (priority)
  cross join lateral (
    select w.message_id, w.build_id from orderweir.delivery w
    where w.connection = c.connection and w.priority = l.priority and w.claimable
    order by w.due_at, w.id
    limit 20) d
  join orderweir.message m on m.id = d.message_id
  where m.captured_at <= p_at
  group by c.connection, m.type
$$;

-- Writes the sample of a minute and notes what arrived since the one before; returns the newest message it knows.
create function take_sample(p_connections text[], p_at timestamptz, p_before timestamptz, p_seen bigint) returns bigint language plpgsql as $$
declare
  newest bigint;
begin
  select coalesce(max(id), 0) into newest from orderweir.message;
  -- a message that was committed late may have a smaller number
  insert into orderweir.arrival (connection, bucket)
  select distinct m.connection, floor(extract(epoch from m.captured_at) / 600)::bigint from orderweir.message m
  where m.id > p_seen - 1000 and m.id <= newest and m.captured_at > p_at - interval '8 days'
  on conflict do nothing;
  insert into orderweir.sample (at, connection, due, blocked, gated, held, unsure, lag_seconds, delivered, arrived)
  select date_trunc('minute', p_at), c.connection, coalesce(w.due, 0), coalesce(w.blocked, 0), coalesce(w.gated, 0), coalesce(w.held, 0), coalesce(w.unsure, 0),
         greatest(0, coalesce(extract(epoch from p_at - l.since), 0))::int, coalesce(e.delivered, 0), coalesce(a.arrived, 0)
  from unnest(p_connections) as c (connection)
  left join (
    select d.connection, count(*) filter (where d.claimable) as due, count(*) filter (where d.state in ('ready', 'unsure') and not d.claimable) as blocked,
           count(*) filter (where d.state = 'gated') as gated, count(*) filter (where d.state = 'held') as held, count(*) filter (where d.state = 'unsure') as unsure
    from orderweir.delivery d
    where d.state in ('gated', 'ready', 'sending', 'unsure', 'held')
    group by d.connection) w using (connection)
  left join (
    select s.connection, min(s.since) as since from orderweir.waiting_since(p_connections, p_at) s group by s.connection) l using (connection)
  left join (
    -- a call ends soon after it began
    select d.connection, count(*) as delivered
    from orderweir.attempt t join orderweir.delivery d on d.id = t.delivery_id
    where t.started_at > greatest(p_before, p_at - interval '1 hour') - interval '10 minutes' and t.ended_at > greatest(p_before, p_at - interval '1 hour') and t.ended_at <= p_at
      and t.outcome in ('done', 'found')
    group by d.connection) e using (connection)
  left join (
    select m.connection, count(*) as arrived from orderweir.message m where m.id > p_seen and m.id <= newest group by m.connection) a using (connection)
  on conflict do nothing;
  delete from orderweir.sample where at < p_at - interval '25 hours';
  delete from orderweir.arrival where bucket < floor(extract(epoch from p_at - interval '8 days') / 600);
  return newest;
end $$;

-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create function troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  with
    account as materialized (
      select a.connection, coalesce(a.label, a.connection) as label, s.away_since, s.paused_at, s.reason,
             coalesce(a.resting, false) or s.away_since is not null or s.paused_at is not null as excused
      from jsonb_to_recordset(p -> 'connections') as a (connection text, label text, resting boolean)
      left join orderweir.connection_state s using (connection)),
    depth as materialized (
      select s.connection, array_agg(s.due order by s.at) filter (where s.at > date_trunc('minute', p_at) - interval '6 minutes') as due,
             (array_agg(s.due + s.blocked order by s.at desc))[1] as waiting, max(s.due) as most
      from orderweir.sample s
      where s.at > p_at - interval '15 minutes'
      group by s.connection),
    held as materialized (
      select h.fingerprint, count(*) as holds, max(h.id) as newest from orderweir.hold h where h.closed_at is null group by h.fingerprint),
    step as (
      select floor(extract(epoch from p_at) / 600)::bigint as now)
  select 'hold', 'hold|' || h.fingerprint, h.fingerprint,
         case when h.holds = 1 then format('%s %s is in the Error Hold bin (%s). Correct and release it, or discard it.', initcap(e.type), coalesce(e.name, e.key), replace(h.fingerprint, '|', ' '))
              else format('%s are in the Error Hold bin for one cause (%s); the newest is %s %s.', orderweir.counted(h.holds), replace(h.fingerprint, '|', ' '), e.type, coalesce(e.name, e.key)) end,
         h.holds
  from held h
  join orderweir.hold n on n.id = h.newest
  join orderweir.message m on m.id = n.message_id
  join orderweir.entity e on e.id = m.entity_id
  union all
  -- six samples, each as deep as the one before or deeper; told until half of the deepest is gone
  select 'queue', 'queue|' || a.connection, a.connection, format('The queue of %s has been growing: %s wait now.', a.label, orderweir.counted(q.due[cardinality(q.due)])), 1
  from account a
  join depth q using (connection)
  left join orderweir.alert known on known.cause = 'queue|' || a.connection and known.state <> 'over'
  where not a.excused and q.due is not null
    and (cardinality(q.due) >= 6 and q.due[cardinality(q.due)] >= q.due[1] + 10
         and not exists (select from generate_subscripts(q.due, 1) as i where i > 1 and q.due[i] < q.due[i - 1])
      or known.id is not null and 2 * q.due[cardinality(q.due)] > q.most)
  union all
  select 'lag', 'lag|' || o.type, o.type, format('%s %s has waited %s for %s; %s are promised.', case when o.type ~ '^[aeiou]' then 'An' else 'A' end, o.type,
         orderweir.lasting(p_at - w.since), w.label, orderweir.lasting(make_interval(secs => o.seconds))), 1
  from jsonb_to_recordset(p -> 'objectives') as o (type text, seconds float8)
  cross join lateral (
    select s.since, a.label
    from orderweir.waiting_since((select array_agg(x.connection) from account x where not x.excused), p_at) s
    join account a using (connection)
    where s.type = o.type
    order by s.since
    limit 1) w
  where w.since < p_at - make_interval(secs => o.seconds)
  union all
  select 'away', 'away|' || a.connection, a.connection,
         format('%s has not answered since %s; %s wait for it. They go out by themselves when it is back.', a.label, orderweir.clock(a.away_since, p), orderweir.counted(coalesce(q.waiting, 0))), 1
  from account a
  left join depth q using (connection)
  where a.paused_at is null and a.away_since <= p_at - make_interval(secs => (p ->> 'awayGrace')::float8)
  union all
  select 'auth', 'auth|' || a.connection, a.connection, format('%s is paused since %s: %s', a.label, orderweir.clock(a.paused_at, p), a.reason), 1
  from account a
  where a.paused_at is not null and a.reason not like 'paused by %'
  union all
  select 'late', 'late|' || g.name, g.name, format('Gate %s is late for %s; the first was due at %s. Open it, give it more time, or refuse it.', g.name,
         case when count(*) = 1 then '1 line' else orderweir.counted(count(*)) || ' lines' end, orderweir.clock(min(g.due_at), p)), count(*)
  from orderweir.gate g
  where g.opened_at is null and g.late_at is not null
    and exists (select from orderweir.delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))
  group by g.name
  union all
  -- the same hour of each of the last seven days had some; told until something comes
  select 'silence', 'silence|' || a.connection, a.connection, format('%s has sent nothing since %s. At this hour it always did.', a.label,
         orderweir.clock(to_timestamp(600 * (1 + (select max(r.bucket) from orderweir.arrival r where r.connection = a.connection))), p)), 1
  from account a
  cross join step
  where not exists (select from orderweir.arrival r where r.connection = a.connection and r.bucket >= step.now - 6)
    and (exists (select from orderweir.alert known where known.cause = 'silence|' || a.connection and known.state <> 'over')
      or not exists (
        select from generate_series(1, 7) as day
        where not exists (
          select from orderweir.arrival r
          where r.connection = a.connection and r.bucket between step.now - 6 - day * 144 and step.now - 1 - day * 144)))
  union all
  select 'clock', 'clock', 'clock', format('The clock of the database is %s s %s that of the machine that runs Orderweir. Limits and signatures need the right time.',
         round(abs((p ->> 'skew')::numeric), 1), case when (p ->> 'skew')::float8 > 0 then 'ahead of' else 'behind' end), 1
  where abs((p ->> 'skew')::float8) > 2
  union all
  select 'disk', 'disk', 'disk', format('The disk of the data directory has %s left of %s.', pg_size_pretty((p ->> 'diskFree')::bigint), pg_size_pretty((p ->> 'diskSize')::bigint)), 1
  where (p ->> 'diskFree')::float8 < (p ->> 'diskSize')::float8 * (p ->> 'diskFreePercent')::float8 / 100
  union all
  select 'disk', 'disk|database', 'database', format('The database holds %s of the %s it may.', pg_size_pretty(z.size), pg_size_pretty((p ->> 'databaseSize')::bigint)), 1
  from (select case when p ->> 'databaseSize' is not null then pg_database_size(current_database()) end as size) z
  where z.size > (p ->> 'databaseSize')::float8 * 0.9
$$;

-- Something happened that the watch cannot see later: one alert for its cause, however often it is said.
create function raise_alert(p_kind text, p_cause text, p_subject text, p_sentence text, p_at timestamptz) returns bigint language sql as $$
  insert into orderweir.alert as a (kind, cause, subject, sentence, standing, first_at, last_at)
  values (p_kind, p_cause, p_subject, p_sentence, false, p_at, p_at)
  on conflict (cause) where state <> 'over' do update set count = a.count + 1, sentence = excluded.sentence, last_at = greatest(a.last_at, excluded.last_at)
  returning a.id
$$;

-- What a message says: one sentence, or a list of the first ten.
create function message_text(p_purpose text, p_alerts bigint[], p jsonb) returns text language sql stable as $$
  select concat_ws(E'\n',
    case p_purpose when 'escalated' then 'Nobody has taken this yet.'
                   when 'over' then case when cardinality(p_alerts) = 1 then 'Over:' else cardinality(p_alerts) || ' things are over:' end
                   else case when cardinality(p_alerts) > 1 then cardinality(p_alerts) || ' things need you:' end end,
    (select string_agg(case when cardinality(p_alerts) > 1 then '- ' else '' end || a.sentence, E'\n' order by a.id)
     from orderweir.alert a where a.id = any (p_alerts[1:10])),
    case when cardinality(p_alerts) > 10 then format('and %s more', cardinality(p_alerts) - 10) end,
    case when p ->> 'url' is not null then (p ->> 'url') || '/alerts' end)
$$;

create function message_subject(p_purpose text, p_alerts bigint[]) returns text language sql stable as $$
  select left(translate(case when p_purpose = 'over' then 'Over: ' else '' end
    || case when cardinality(p_alerts) = 1 then (select a.sentence from orderweir.alert a where a.id = p_alerts[1])
            else cardinality(p_alerts) || case when p_purpose = 'over' then ' things' else ' things need you' end end, E'\r\n', '  '), 120)
$$;

-- Plans what is to be told now; returns how many messages. A thing that is not urgent waits for the end of the quiet hours.
create function plan_messages(p jsonb, p_at timestamptz) returns int language plpgsql as $$
declare
  planned int;
  ended int;
begin
  with
    channel as materialized (
      select c.*, row_number() over () as place
      from jsonb_to_recordset(p -> 'channels') as c (channel text, connection text, system text, recipient text, step int, kinds jsonb)),
    due as materialized (
      -- the first step, or the next one when nobody took it in time, or when nobody could be told
      select a.id, a.step as before, (
               select min(c.step) from channel c where c.step > a.step and (c.kinds is null or jsonb_typeof(c.kinds) = 'null' or c.kinds ? a.kind)) as step, a.kind
      from orderweir.alert a
      where a.state = 'open' and (not (p ->> 'quiet')::boolean or p -> 'urgent' ? a.kind)
        and (a.step = 0 or a.told_at <= p_at - make_interval(secs => (p ->> 'escalateAfter')::float8)
          or not exists (
            select from orderweir.told t join orderweir.notification n on n.id = t.notification_id
            where t.alert_id = a.id and t.step = a.step and n.state <> 'failed'))),
    told_now as materialized (
      select d.id as alert_id, c.channel, c.connection, c.system, c.recipient, c.step, case when d.before = 0 then 'raised' else 'escalated' end as purpose
      from due d
      join channel c on c.step = d.step and (c.kinds is null or jsonb_typeof(c.kinds) = 'null' or c.kinds ? d.kind)
      where not exists (select from orderweir.told t where t.alert_id = d.id and t.channel = c.channel and t.step = c.step)),
    written as (
      insert into orderweir.notification (purpose, channel, connection, system, recipient, planned_at, due_at, alerts, subject, text)
      select n.purpose, n.channel, n.connection, n.system, n.recipient, p_at, p_at, n.alerts,
             orderweir.message_subject(n.purpose, n.alerts), orderweir.message_text(n.purpose, n.alerts, p)
      from (
        select purpose, channel, connection, system, recipient, array_agg(alert_id order by alert_id) as alerts
        from told_now
        group by purpose, channel, connection, system, recipient) n
      returning id, purpose, channel, alerts),
    noted as (
      insert into orderweir.told (alert_id, channel, step, notification_id)
      select n.alert_id, n.channel, n.step, w.id
      from told_now n
      join written w on w.channel = n.channel and w.purpose = n.purpose),
    climbed as (
      update orderweir.alert a
      set step = d.step, told_at = p_at
      from due d
      where a.id = d.id and d.step is not null)
  select count(*) into planned from written;

  -- what is over is told to those who were told that it began
  with
    gone as materialized (
      select a.id from orderweir.alert a
      where a.state = 'over' and a.ended_at is null and (not (p ->> 'quiet')::boolean or p -> 'urgent' ? a.kind)
      order by a.id
      limit 1000
      for update),
    hearer as materialized (
      select distinct on (t.alert_id, t.channel) t.alert_id, n.channel, n.connection, n.system, n.recipient
      from gone g
      join orderweir.told t on t.alert_id = g.id and t.step > 0
      join orderweir.notification n on n.id = t.notification_id
      -- a message of several things goes out for the others
      where n.state in ('sending', 'sent', 'unsure')
        or n.state = 'ready' and exists (select from orderweir.alert o where o.id = any (n.alerts) and o.state <> 'over')
      order by t.alert_id, t.channel, n.id desc),
    written as (
      insert into orderweir.notification (purpose, channel, connection, system, recipient, planned_at, due_at, alerts, subject, text)
      select 'over', h.channel, h.connection, h.system, h.recipient, p_at, p_at, h.alerts,
             orderweir.message_subject('over', h.alerts), orderweir.message_text('over', h.alerts, p)
      from (
        select channel, connection, system, recipient, array_agg(alert_id order by alert_id) as alerts
        from hearer
        group by channel, connection, system, recipient) h
      returning id, channel, alerts),
    noted as (
      insert into orderweir.told (alert_id, channel, step, notification_id)
      select h.alert_id, h.channel, 0, w.id
      from hearer h
      join written w on w.channel = h.channel and h.alert_id = any (w.alerts)
      on conflict do nothing),
    closed as (
      update orderweir.alert a set ended_at = p_at from gone g where a.id = g.id)
  select count(*) into ended from written;
  return planned + ended;
end $$;

-- Looks once: samples, raises, ends and plans messages; returns how many messages were planned, or null when somebody else is looking, or has just looked.
create function watch_once(p jsonb, p_at timestamptz) returns int language plpgsql as $$
declare
  known orderweir.watch;
begin
  select * into known from orderweir.watch where looked_at <= p_at - interval '3 seconds' for update skip locked;
  if not found then
    return null;
  end if;
  if known.sampled_at < date_trunc('minute', p_at) then
    known.seen_message := orderweir.take_sample(array(select x ->> 'connection' from jsonb_array_elements(p -> 'connections') as x), p_at, known.sampled_at, known.seen_message);
    known.sampled_at := p_at;
  end if;
  update orderweir.watch set looked_at = p_at, sampled_at = known.sampled_at, seen_message = known.seen_message;

  insert into orderweir.alert as a (kind, cause, subject, sentence, count, standing, first_at, last_at)
  select t.kind, t.cause, t.subject, t.sentence, t.count, true, p_at, p_at from orderweir.troubles(p, p_at) as t
  on conflict (cause) where state <> 'over' do update
  set count = greatest(a.count, excluded.count), sentence = excluded.sentence, last_at = excluded.last_at
  where a.count < excluded.count or a.sentence <> excluded.sentence or a.last_at < excluded.last_at - interval '20 seconds';
  -- what was not seen for a minute does not come back in the next second
  update orderweir.alert a
  set state = 'over', over_at = p_at
  where a.state <> 'over' and a.standing and a.last_at < p_at - interval '1 minute';
  return orderweir.plan_messages(p, p_at);
end $$;

-- A person takes an alert: nobody else is told of it.
create function acknowledge(p_alert bigint, p_by text, p_at timestamptz default clock_timestamp()) returns jsonb language plpgsql as $$
declare
  taken orderweir.alert;
begin
  select a.* into taken from orderweir.alert a where a.id = p_alert for update;
  if not found then
    raise exception 'There is no alert %.', p_alert using errcode = 'OW404';
  elsif taken.state = 'over' then
    raise exception 'This is over since %.', orderweir.utc(taken.over_at) using errcode = 'OW409';
  elsif taken.state = 'acknowledged' then
    raise exception '% took this at %.', taken.acknowledged_by, orderweir.utc(taken.acknowledged_at) using errcode = 'OW409';
  end if;
  update orderweir.alert a
  set state = case when a.standing then 'acknowledged' else 'over' end, acknowledged_at = p_at, acknowledged_by = p_by,
      over_at = case when not a.standing then p_at end, ended_at = case when not a.standing then p_at end
  where a.id = p_alert
  returning a.* into taken;
  return jsonb_build_object('alert', taken.id, 'state', taken.state, 'by', p_by, 'at', orderweir.utc(p_at), 'answer', format('%s has taken this: %s', p_by, taken.sentence));
end $$;

-- One permit of every limit of a connection for a notification, all or none.
create function take_permits(p_connection text, p_notification bigint, p_claim int, p_lease interval, p_settles interval, p_limits int, p_at timestamptz) returns boolean language sql as $$
  with
    free as materialized (
      select a.limit_name, a.window_length, f.slot
      from orderweir.allowance a
      cross join lateral (
        select q.slot from orderweir.permit q
        where q.connection = a.connection and q.limit_name = a.limit_name and q.free_at <= p_at
        order by q.free_at
        limit 1
        for update skip locked) f
      where a.connection = p_connection),
    taken as (
      update orderweir.permit t
      set free_at = p_at + p_lease + greatest(f.window_length, case when f.window_length = interval '0' then p_settles else interval '0' end),
          delivery_id = -p_notification, claim = p_claim
      from free f
      where t.connection = p_connection and t.limit_name = f.limit_name and t.slot = f.slot
        and (select count(*) from free) = greatest((select count(*) from orderweir.allowance where connection = p_connection), p_limits)
      returning t.slot)
  select count(*) > 0 from taken
$$;

-- The next message of a system with its permits, or null. p_repeatable: a second one of the same message does no harm there.
-- p_accounts: array of {connection, lease (s), settles (s), limits (how many are configured)}.
create function claim_notification(p_system text, p_repeatable boolean, p_accounts jsonb, p_at timestamptz) returns orderweir.notification language plpgsql as $$
declare
  taken orderweir.notification;
  account record;
begin
  -- whoever sent it is gone: what may have left this machine is sent again only where that does no harm
  update orderweir.notification n
  set state = case when n.called_at is null or p_repeatable then 'ready' else 'unsure' end, leased_until = null, called_at = null, due_at = p_at,
      ended_at = case when n.called_at is not null and not p_repeatable then p_at end, reason = 'the process that sent it ended before the answer'
  where n.system = p_system and n.state = 'sending' and n.leased_until < p_at;
  update orderweir.notification n
  set state = case when n.planned_at < p_at - interval '1 day' then 'failed' else 'dropped' end, ended_at = p_at,
      reason = case when n.planned_at < p_at - interval '1 day' then concat_ws(': ', 'given up after a day', n.reason) else 'over before it was sent' end
  where n.system = p_system and n.state = 'ready'
    and (n.planned_at < p_at - interval '1 day'
      or n.purpose <> 'over' and not exists (select from orderweir.alert a where a.id = any (n.alerts) and a.state <> 'over'));

  for taken in
    select * from orderweir.notification n where n.system = p_system and n.state = 'ready' and n.due_at <= p_at order by n.due_at, n.id limit 20 for update skip locked
  loop
    select * into account from jsonb_to_recordset(p_accounts) as x (connection text, lease float8, settles float8, limits int) where x.connection = taken.connection;
    continue when not found
      or exists (select from orderweir.connection_state s where s.connection = taken.connection and (s.paused_at is not null or s.opens_at > p_at))
      -- a restored ledger does not know the calls of its last window
      or not exists (
        select from orderweir.origin o join pg_control_system() h on h.system_identifier = o.system_identifier
        where o.timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))
      or not orderweir.take_permits(taken.connection, taken.id, taken.claims + 1, make_interval(secs => account.lease), make_interval(secs => account.settles), account.limits, p_at);
    update orderweir.notification n
    set state = 'sending', claims = n.claims + 1, leased_until = p_at + make_interval(secs => account.lease)
    where n.id = taken.id
    returning n.* into taken;
    return taken;
  end loop;
  return null;
end $$;

-- Ends a claim of a notification; returns its state, or null when the claim was no longer the caller's. Outcomes are those of deliveries.
create function settle_notification(p_id bigint, p_claim int, p_repeatable boolean, p_outcome text, p_failure text, p_status int, p_reason text, p_remote_id text, p_answer text,
  p_closed_for float8, p_took float8, p_settles float8, p_grace float8, p_at timestamptz) returns text language plpgsql as $$
declare
  sent orderweir.notification;
  ended timestamptz;
  next_state text;
begin
  select n.* into sent from orderweir.notification n where n.id = p_id and n.claims = p_claim and n.state = 'sending' for update;
  if not found then
    return null;
  end if;
  ended := least(p_at, sent.called_at + make_interval(secs => p_took));
  update orderweir.permit t
  set free_at = case
        when sent.called_at is null then p_at
        when p_outcome <> 'unsure' then ended + a.window_length
        when a.window_length = interval '0' then p_at + make_interval(secs => coalesce(p_settles, 0))
        when p_status is not null then ended + a.window_length
        else ended + a.window_length + make_interval(secs => coalesce(p_grace, 0))
      end,
      delivery_id = null, claim = null
  from orderweir.allowance a
  where a.connection = sent.connection and t.connection = a.connection and t.limit_name = a.limit_name and t.delivery_id = -p_id and t.claim = p_claim;
  next_state := case when p_outcome in ('done', 'found') then 'sent' when p_outcome = 'hold' then 'failed'
    when p_outcome = 'unsure' and sent.called_at is not null and not p_repeatable then 'unsure' else 'ready' end;
  update orderweir.notification n
  set state = next_state, leased_until = null, called_at = null, attempts = n.attempts + 1,
      -- exponential with jitter, at most five minutes
      due_at = p_at + coalesce(make_interval(secs => p_closed_for), (0.5 + random() / 2) * least(interval '5 minutes', interval '2 seconds' * power(2, least(n.attempts, 9)))),
      ended_at = case when next_state <> 'ready' then p_at end,
      status = p_status, reason = case when p_outcome not in ('done', 'found') then coalesce(p_reason, p_failure) end, answer = left(p_answer, 2000), remote_id = p_remote_id
  where n.id = p_id;
  update orderweir.connection_state s
  set opens_at = greatest(s.opens_at, p_at + make_interval(secs => p_closed_for)),
      succeeded_at = case when next_state = 'sent' then greatest(s.succeeded_at, p_at) else s.succeeded_at end,
      paused_at = case when p_outcome = 'pause' then coalesce(s.paused_at, p_at) else s.paused_at end,
      reason = case when p_outcome = 'pause' and s.paused_at is null then coalesce(p_reason, 'refused without a reason') else s.reason end
  where s.connection = sent.connection and (p_closed_for is not null or next_state = 'sent' or p_outcome = 'pause');
  return next_state;
end $$;
