-- Takes back what a dead process had claimed: not yet called = ready again, called = unsure until it is looked up.
-- Dead is whose session has ended, and whose lease has.
-- in: connections (JSON array of {connection, reaches, settles}), replica (this one's number, or null), now   out: one row per expired claim
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  present as materialized (
    select number, since from orderweir.replica),
  -- after a restart of the database the others are given the time to come back
  watching as materialized (
    select from present where number = :#${variable.replica}::int and since < (select at from clock) - interval '3 seconds'),
  expired as materialized (
    select id, called_at is not null or unsure_since is not null as doubt, called_at, leased_until
    from orderweir.delivery d
    where state = 'sending'
      and (leased_until < (select at from clock)
           or exists (select from watching) and replica is not null and not exists (select from present where number = d.replica))
    order by leased_until
    limit 1000
    for update skip locked),
  returned as (
    update orderweir.delivery d
    set state = case when e.doubt then 'unsure' else 'ready' end,
        leased_until = null,
        called_at = null,
        unsure_since = case when e.doubt then coalesce(d.unsure_since, (select at from clock)) end,
        due_at = (select at from clock),
        reason = 'the process that made the call ended before the answer'
    from expired e
    where d.id = e.id
    returning d.id, d.connection, d.lane_id, d.claims, d.state, d.cancel, e.called_at),
  ended as materialized (
    -- the last moment at which a request may have reached the target, and how long the target may work on it
    select r.*, greatest((select at from clock), r.called_at + make_interval(secs => s.reaches)) as reached_by, make_interval(secs => s.settles) as settles
    from returned r
    join jsonb_to_recordset(:#connections::jsonb) as s (connection text, reaches float8, settles float8) using (connection)),
  quieted as (
    update orderweir.lane l
    set quiet_at = greatest(l.quiet_at, e.reached_by + e.settles)
    from ended e
    where l.id = e.lane_id and e.called_at is not null
    returning l.id),
  freed as (
    -- a bucket keeps the whole time it takes to fill
    update orderweir.permit p
    set free_at = least(p.free_at, case
          when e.called_at is null then (select at from clock)
          when a.window_length = interval '0' then e.reached_by + e.settles
          else e.reached_by + a.window_length
        end)
    from ended e
    join orderweir.allowance a using (connection)
    where p.connection = a.connection and p.limit_name = a.limit_name and p.delivery_id = e.id and p.claim = e.claims
      and (a.leak is null or e.called_at is null)
    returning p.slot),
  noted as (
    insert into orderweir.attempt (delivery_id, claim, started_at, ended_at, outcome, verb, reason)
    select r.id, r.claims, r.called_at, (select at from clock), 'unsure', case when r.cancel then 'cancel' else 'send' end,
           'the process that made the call ended before the answer'
    from returned r
    where r.called_at is not null)
select id, connection, claims, state from returned
