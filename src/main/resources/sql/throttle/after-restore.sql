-- A restored ledger takes every permit for one window, because it does not know the calls of its last one; nothing is claimed before.
-- in: connections (JSON array of {connection, settles}), now   out: one row with the sentence when this is another database than the one it was, or another history of it
with
  clock as materialized (
    select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at),
  present as materialized (
    select system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline from pg_control_system()),
  moved as (
    update orderweir.origin o
    set system_identifier = p.system_identifier, timeline = p.timeline
    from present p
    where (o.system_identifier, o.timeline) <> (p.system_identifier, p.timeline)
    returning o.timeline),
  busied as (
    update orderweir.permit p
    set free_at = greatest(p.free_at, (select at from clock) + greatest(a.window_length, make_interval(secs => c.settles)))
    from orderweir.allowance a
    join jsonb_to_recordset(:#connections::jsonb) as c (connection text, settles float8) using (connection)
    where exists (select from moved) and a.connection = p.connection and a.limit_name = p.limit_name
    returning p.slot),
  said as (
    select format('The ledger was restored (timeline %s). Nothing is sent for one window of each limit. Look then for what was sent after the copy was made.', timeline) as sentence
    from moved),
  kept as (
    -- it is not seen a second time
    select orderweir.alert_raise('notice', 'restore', 'ledger', sentence, (select at from clock)) as id from said)
select timeline, (select count(*) from busied) as permits, sentence from moved cross join said cross join kept
