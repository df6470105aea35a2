-- The next message of a system in a call of its own with its permits, or null. p_repeatable: a second one of the same message does no harm there.
-- p_accounts: array of {connection, lease (s), settles (s), limits (how many are configured)}.
create or replace function notification_take(p_system text, p_repeatable boolean, p_accounts jsonb, p_replica int, p_at timestamptz) returns orderweir.notification language plpgsql as $$
declare
  message orderweir.notification;
  account record;
  taken orderweir.granted;
begin
  update orderweir.notification n
  set state = case when n.planned_at < p_at - interval '1 day' then 'failed' else 'dropped' end, ended_at = p_at,
      reason = case when n.planned_at < p_at - interval '1 day' then concat_ws(': ', 'given up after a day', n.reason) else 'over before it was sent' end
  where n.system = p_system and n.state = 'ready'
    and (n.planned_at < p_at - interval '1 day'
      or n.purpose <> 'over' and not exists (select from orderweir.alert a where a.id = any (n.alerts) and a.state <> 'over'));

  for message in
    select * from orderweir.notification n where n.system = p_system and n.state = 'ready' and n.due_at <= p_at order by n.due_at, n.id limit 20 for update skip locked
  loop
    select * into account from jsonb_to_recordset(p_accounts) as x (connection text, lease float8, settles float8, limits int) where x.connection = message.connection;
    continue when not found or not orderweir.origin_is_known() or orderweir.token_is_dead(message.connection, p_at)
      or exists (select from orderweir.connection_state s where s.connection = message.connection and (s.paused_at is not null or s.opens_at > p_at));
    select * into taken
    from orderweir.permits_take(message.connection, 1, interval '0', make_interval(secs => account.lease), make_interval(secs => account.settles), account.limits, p_at);
    continue when not found;
    insert into orderweir.call (id, purpose, connection, port, verb, repeatable, claimed_at, leased_until, replica)
    values (taken.call_id, 'tell', message.connection, 'message', 'send', p_repeatable, p_at, p_at + make_interval(secs => account.lease), p_replica);
    update orderweir.notification n
    set state = 'sending', call_id = taken.call_id
    where n.id = message.id
    returning n.* into message;
    return message;
  end loop;
  return null;
end $$;
