-- Lets a paused connection go on at once, with what was put off by the pause.
create or replace function connection_resume(p_connection text, p_by text) returns jsonb language plpgsql as $$
declare
  paused orderweir.connection_state;
begin
  select * into paused from orderweir.connection_state where connection = p_connection and paused_at is not null for update;
  if not found then
    return jsonb_build_object('connection', p_connection, 'wasPaused', false, 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
      'answer', format('Connection %s is not paused.', p_connection));
  end if;
  update orderweir.connection_state
  set paused_at = null, reason = null, resumed_at = clock_timestamp(), resumed_by = p_by
  where connection = p_connection;
  update orderweir.delivery
  set due_at = clock_timestamp()
  where connection = p_connection and claimable and due_at > clock_timestamp() and reason = paused.reason;
  return jsonb_build_object('connection', p_connection, 'wasPaused', true, 'pausedAt', orderweir.utc(paused.paused_at), 'reason', paused.reason,
    'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Connection %s goes on. It had been paused since %s: %s', p_connection, orderweir.utc(paused.paused_at), paused.reason));
end $$;
