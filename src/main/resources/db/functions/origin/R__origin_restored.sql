-- Makes a ledger that was put back safe to call from: every permit is taken for one window, because the calls of the last one are not known, and whatever waits is
-- looked for at its target before it is sent. p_connections: array of {connection, settles (s)}. Returns one row, or none when this is the ledger it was.
create or replace function origin_restored(p_connections jsonb, p_at timestamptz) returns table (permits bigint, waiting bigint, sentence text) language plpgsql as $$
declare
  quiet timestamptz := p_at + make_interval(secs => coalesce((select max(c.settles) from jsonb_to_recordset(p_connections) as c (settles float8)), 0));
begin
  if orderweir.origin_is_same() then
    return;
  end if;
  -- whoever plans just now is waited for, and what it planned is marked with the rest
  perform pg_advisory_xact_lock(hashtext('orderweir.origin'));
  update orderweir.origin o
  set system_identifier = h.system_identifier, timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), restored_at = p_at, quiet_at = quiet
  from pg_control_system() h
  where (o.system_identifier, o.timeline) <> (h.system_identifier, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8));
  if not found then
    return;
  end if;
  update orderweir.permit p
  set free_at = greatest(p.free_at, p_at + greatest(a.window_length, make_interval(secs => c.settles)))
  from orderweir.allowance a
  join jsonb_to_recordset(p_connections) as c (connection text, settles float8) using (connection)
  where a.connection = p.connection and a.limit_name = p.limit_name;
  get diagnostics permits = row_count;
  -- it may have been looked for, and sent, after the copy was made
  update orderweir.delivery d set looked_at = null where d.state in ('gated', 'ready', 'sending', 'unsure', 'held') and d.looked_at is not null;
  update orderweir.lane l
  set doubtful = true, sent = null, quiet_at = greatest(l.quiet_at, quiet)
  where l.id in (select d.lane_id from orderweir.delivery d where d.state in ('gated', 'ready', 'sending', 'unsure', 'held'));
  get diagnostics waiting = row_count;
  sentence := format('The ledger was put back as it had been before. Nothing is sent for one window of each limit; then what waits, or was captured before now, is looked for at its target before it is sent%s. '
    || 'What people did since the copy was made they must do again.', case when waiting > 0 then format(' (%s deliveries)', waiting) else '' end);
  -- it is not seen a second time
  perform orderweir.alert_raise('notice', 'restore', 'ledger', sentence, p_at);
  return next;
end $$;
