-- Takes back what a dead process had claimed: not yet called = ready again, called = unsure until it is looked up.
-- in: connections (JSON array of {connection, settles}), now   out: one row per expired claim
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  expired as materialized (
    select id, called_at is not null or unsure_since is not null as doubt, called_at, leased_until
    from orderweir.delivery
    where state = 'sending' and leased_until < (select at from clock)
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
  quieted as (
    -- the permits of the claim say how long the target may still work on the call: lease end, and what the connector states
    update orderweir.lane l
    set quiet_at = greatest(l.quiet_at, (select at from clock) + make_interval(secs => c.settles))
    from returned r
    cross join lateral (select coalesce(max(s.settles), 0) as settles from jsonb_to_recordset(:#connections::jsonb) as s (connection text, settles float8) where s.connection = r.connection) c
    where l.id = r.lane_id and r.called_at is not null
    returning l.id),
  noted as (
    insert into orderweir.attempt (delivery_id, claim, started_at, ended_at, outcome, verb, reason)
    select r.id, r.claims, r.called_at, (select at from clock), 'unsure', case when r.cancel then 'cancel' else 'send' end,
           'the process that made the call ended before the answer'
    from returned r
    where r.called_at is not null)
select id, connection, claims, state from returned
