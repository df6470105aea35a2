-- The next message of a system with its permits, or null. p_repeatable: a second one of the same message does no harm there.
-- p_accounts: array of {connection, lease (s), settles (s), limits (how many are configured)}.
create or replace function notification_claim(p_system text, p_repeatable boolean, p_accounts jsonb, p_at timestamptz) returns orderweir.notification language plpgsql as $$
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
      or not orderweir.permits_take_for_notification(taken.connection, taken.id, taken.claims + 1, make_interval(secs => account.lease), make_interval(secs => account.settles), account.limits, p_at);
    update orderweir.notification n
    set state = 'sending', claims = n.claims + 1, leased_until = p_at + make_interval(secs => account.lease)
    where n.id = taken.id
    returning n.* into taken;
    return taken;
  end loop;
  return null;
end $$;
