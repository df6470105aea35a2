-- A person stops a connection: what is under way ends, nothing more is claimed.
create or replace function connection_pause(p_connection text, p_by text, p_reason text) returns jsonb language plpgsql as $$
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
