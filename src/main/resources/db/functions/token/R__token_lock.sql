-- Pauses a connection whose token is sealed with a key that this configuration does not have.
create or replace function token_lock(p_token orderweir.token, p_at timestamptz) returns void language plpgsql as $$
begin
  update orderweir.token set locked_at = p_at where connection = p_token.connection;
  insert into orderweir.connection_state as s (connection, paused_at, reason)
  values (p_token.connection, p_at, format('its token is sealed with the key %s, which is none of orderweir.tokens.keys. Add that key again, behind the first one, and restart and resume; '
    'or, where it is lost, resume: the connection then signs in anew with its credentials', p_token.sealed_with))
  on conflict (connection) do update set paused_at = excluded.paused_at, reason = excluded.reason where s.paused_at is null;
end $$;
