-- Gives a connection its next deliveries, each with one permit of every limit of the connection; returns what a call needs to know.
-- While the target is away it gives one to whoever comes first when a probe is due.
-- in: connection, replica (this one's number, or null), most, ahead (s), lease (s: from the call's start), settles (s), limits (how many are configured), now   out: one row per claimed delivery
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  working as materialized (
    select s.succeeded_at, s.away_since is not null as away
    from (select :#connection::text as connection) c
    left join orderweir.connection_state s using (connection)
    where s.paused_at is null
      and coalesce(s.opens_at <= (select at from clock), true)
      and (s.away_since is null or not s.closed and s.probe_at <= (select at from clock))
      -- a restored ledger does not know the calls of its last window: sql/throttle/after-restore.sql comes first
      and exists (
        select from orderweir.origin o
        join pg_control_system() h on h.system_identifier = o.system_identifier
        where o.timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))),
  wanted as materialized (
    select least(case when away then 1 else :#most::int end, count(*)) as n
    from working
    cross join generate_series(0, 4) as l (priority)
    cross join lateral (
      select id from orderweir.delivery
      where connection = :#connection and priority = l.priority and claimable and due_at <= (select at from clock)
      order by due_at, id
      limit :#most::int) d
    group by away),
  raised as (
    -- a slowed limit: one more is tried first, then each time twice as many more as the last
    update orderweir.allowance a
    set good = case when a.opened < a.slots then a.opened end,
        opened = case when a.opened < a.slots then least(a.slots, a.opened + greatest(1, 2 * (a.opened - a.good))) end,
        raise_at = case when a.opened < a.slots then (select at from clock) + case when a.window_length = interval '0' then interval '5 seconds' else a.window_length end / 8 end,
        slowed_at = (select at from clock)
    where a.connection = :#connection and a.raise_at <= (select at from clock)),
  free as materialized (
    select a.limit_name, a.window_length, p.slot, p.priority, p.free_at
    from orderweir.allowance a
    cross join lateral (
      select slot, priority, free_at from orderweir.permit
      where connection = a.connection and limit_name = a.limit_name
        and free_at <= (select at from clock) + make_interval(secs => :#ahead::float8)
      order by free_at
      limit least(coalesce((select n from wanted), 0), case when a.opened is not null then greatest(0, a.opened - (
        select count(*) from orderweir.permit taken
        where taken.connection = a.connection and taken.limit_name = a.limit_name
          and taken.free_at > (select at from clock))) end)
      for update skip locked) p
    where a.connection = :#connection),
  numbered as materialized (
    select free.*, row_number() over (partition by limit_name order by free_at, slot) as n from free),
  complete as materialized (
    select n, max(free_at) as starts_at, max(priority) as priority
    from numbered
    group by n
    -- a limit that is configured and not yet written keeps everything back
    having count(*) = greatest((select count(*) from orderweir.allowance where connection = :#connection), :#${variable.limits}::int)),
  reserved as (
    select priority, count(*) as slots from complete where priority is not null group by priority),
  probing as (
    update orderweir.connection_state s
    set probe_at = (select at from clock) + make_interval(secs => :#lease::float8),
        probes = case when s.probes_on = ((select at from clock) at time zone 'UTC')::date then s.probes + 1 else 1 end,
        probes_on = ((select at from clock) at time zone 'UTC')::date
    where s.connection = :#connection and s.away_since is not null and s.probe_at <= (select at from clock)
      and exists (select from working where away) and exists (select from complete)
    returning 1),
  waiting as materialized (
    select d.id, d.due_at, l.priority
    from generate_series(0, 4) as l (priority)
    cross join lateral (
      select id, due_at from orderweir.delivery
      where connection = :#connection and priority = l.priority and claimable and due_at <= (select at from clock)
      order by due_at, id
      limit coalesce((select case when away then (select count(*) from probing) else (select count(*) from complete) end from working), 0)
      for update skip locked) d),
  placed as (
    select waiting.*, row_number() over (partition by priority order by due_at, id) as place from waiting),
  chosen as (
    select p.id, row_number() over (order by p.place <= coalesce(r.slots, 0) desc, p.priority, p.due_at, p.id) as n
    from placed p
    left join reserved r using (priority)),
  pairs as materialized (
    select chosen.id, n, greatest(starts_at, (select at from clock)) as starts_at from chosen join complete using (n)),
  claimed as (
    update orderweir.delivery d
    set state = 'sending',
        claims = d.claims + 1,
        replica = :#${variable.replica}::int,
        leased_until = p.starts_at + make_interval(secs => :#lease::float8)
    from pairs p
    where d.id = p.id
    returning d.*, p.n, p.starts_at),
  taken as (
    -- a concurrency slot stays taken for as long as the target may work on a call whose caller died
    update orderweir.permit p
    set free_at = c.leased_until + greatest(f.window_length,
          case when f.window_length = interval '0' then make_interval(secs => :#settles::float8) else interval '0' end),
        delivery_id = c.id,
        claim = c.claims
    from claimed c
    join numbered f using (n)
    where p.connection = :#connection and p.limit_name = f.limit_name and p.slot = f.slot
    returning p.slot)
select c.id, c.claims as claim, c.message_id, c.port, c.part, c.external_id || case when l.requests > 1 then '-r' || l.requests else '' end as "externalId", c.attempts,
       case when c.cancel then 'cancel' when l.remote_id is null then 'create' else 'update' end as verb,
       l.remote_id is null and (c.unsure_since is not null or l.doubtful) as "lookUp",
       c.looks, l.remote_id as "remoteId", e.name as "orderName", m.correlation_id as "correlationId",
       coalesce((select succeeded_at from working) > c.failed_at, false) as "othersAnswered",
       c.line_ids::text as "lineIds",
       p.canonical::text as canonical,
       left(c.gate_basis, 8) as basis,
       case when c.build_id is not null then (
         select coalesce(jsonb_object_agg(g.name, g.evidence), '{}') from orderweir.gate g where g.build_id = c.build_id and g.opened_at is not null)::text end as gates,
       case when c.notice = 'closed' then (
         select coalesce(jsonb_agg(g.name order by g.due_at, g.name), '[]') from orderweir.gate g where g.build_id = c.build_id and g.opened_at is null)::text end as "waitsAt",
       c.found::text as found,
       ceil(greatest(0, extract(epoch from c.starts_at - (select at from clock))) * 1000)::bigint as "waitMillis"
from claimed c
join orderweir.lane l on l.id = c.lane_id
join orderweir.entity e on e.id = c.entity_id
join orderweir.message m on m.id = c.message_id
join orderweir.payload p on p.message_id = c.message_id
order by c.starts_at, c.id
