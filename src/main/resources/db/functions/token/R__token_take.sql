-- Begins the call in which a connection's next token is asked for, with one permit of every limit; no row where it is not the time for it, or another replica does it.
-- p_keys: the names of the keys that open what is sealed. A token that none of them opens pauses its connection; once a person has resumed it, it is thrown away.
-- p_repeatable: asking twice does no harm. Returns, with the call, what the next one is asked for with: refresh and the key it is sealed with, or null.
create or replace function token_take(p_connection text, p_keys text[], p_repeatable boolean, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns table (call bigint, starts_at timestamptz, refresh bytea) language plpgsql as $$
#variable_conflict use_column
declare
  target orderweir.connection_state := (select s from orderweir.connection_state s where s.connection = p_connection);
  held orderweir.token;
  taken orderweir.granted;
begin
  if not exists (select from orderweir.token t where t.connection = p_connection and t.wanted) then
    insert into orderweir.token as t (connection) values (p_connection) on conflict (connection) do update set wanted = true where not t.wanted;
  end if;
  select * into held from orderweir.token t
  where t.connection = p_connection and (t.renew_at <= p_at or t.sealed_with <> all (p_keys) or target.resumed_at > t.tried_at)
    and (t.call_id is null or not exists (select from orderweir.call c where c.id = t.call_id))
  for update skip locked;
  -- a call that was begun while this one looked is seen by the next statement
  if not found or exists (select from orderweir.call c where c.id = held.call_id) or target.paused_at is not null or target.opens_at > p_at or not orderweir.origin_is_known() then
    return;
  end if;
  if held.sealed_with <> all (p_keys) then
    if held.locked_at is null or target.resumed_at is null or target.resumed_at <= held.locked_at then
      perform orderweir.token_lock(held, p_at);
      return;
    end if;
    update orderweir.token
    set number = null, sealed = null, sealed_with = null, refresh = null, given_at = null, expires_at = null, earlier_number = null, earlier = null, earlier_expires_at = null, locked_at = null
    where connection = p_connection
    returning * into held;
  end if;
  select * into taken from orderweir.permits_take(p_connection, 1, p_ahead, p_lease, p_settles, p_limits, p_at);
  if not found then
    return;
  end if;
  insert into orderweir.call (id, purpose, connection, port, verb, repeatable, claimed_at, leased_until, replica)
  values (taken.call_id, 'token', p_connection, 'token', 'token', p_repeatable, p_at, taken.starts_at + p_lease, p_replica);
  update orderweir.token set call_id = taken.call_id, tried_at = p_at where connection = p_connection;
  return query select taken.call_id, taken.starts_at, held.refresh;
end $$;
