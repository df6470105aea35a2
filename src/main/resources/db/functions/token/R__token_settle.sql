-- What came of calls that asked for tokens. found: {sealed, refresh (both base64, sealed), key (the name of the one that sealed), lives (s)} where one was given.
-- The earlier token is kept until the new one has worked, where it lives on. Of a late answer, after its lease had ended, the token counts like any other, unless a later call brought one.
create or replace function token_settle(p_ends orderweir.call_end[], p_at timestamptz) returns void language plpgsql as $$
declare
  told record;
begin
  for told in
    select e.*, e.outcome = 'done' and e.found ? 'sealed' as given from unnest(p_ends) e where e.purpose = 'token' order by e.connection, e.ended_at
  loop
    if told.given then
      update orderweir.token t
      set earlier_number = case when kept.is_alive then t.number end,
          earlier = case when kept.is_alive then t.sealed end,
          earlier_expires_at = case when kept.is_alive then t.expires_at end,
          number = nextval('orderweir.token_number'),
          sealed = decode(told.found ->> 'sealed', 'base64'),
          sealed_with = told.found ->> 'key',
          refresh = coalesce(decode(told.found ->> 'refresh', 'base64'), t.refresh),
          given_at = told.called_at,
          expires_at = told.called_at + make_interval(secs => (told.found ->> 'lives')::float8),
          -- a new one is there before the old one ends, however often it is asked for in vain
          renew_at = told.called_at + make_interval(secs => 0.8 * (told.found ->> 'lives')::float8),
          worked = false, refused_at = null, locked_at = null, call_id = nullif(t.call_id, told.call), tries = 0, trouble = null, trouble_at = null, needs_person = false
      from (
        select k.connection, told.repeatable and k.expires_at > p_at and k.refused_at is null as is_alive
        from orderweir.token k where k.connection = told.connection for update) kept
      where t.connection = kept.connection and (t.call_id = told.call or told.called_at > coalesce(t.given_at, '-infinity'));
    else
      update orderweir.token t
      set call_id = null,
          tries = t.tries + case when told.called_at is null then 0 else 1 end,
          renew_at = case when told.called_at is null then p_at else p_at + make_interval(secs => greatest(least(60, 2 ^ least(t.tries, 6)), coalesce(told.wait, 0), coalesce(told.closed_for, 0))) end,
          -- of what may be asked for only once nobody knows whether it was given to nobody
          refused_at = case when told.outcome = 'unsure' and not told.repeatable then coalesce(t.refused_at, p_at) else t.refused_at end,
          trouble = case when told.called_at is null then t.trouble else coalesce(told.reason, 'no token came') end,
          trouble_at = case when told.called_at is null then t.trouble_at else coalesce(t.trouble_at, p_at) end,
          needs_person = t.needs_person or told.outcome in ('pause', 'hold') or told.outcome = 'unsure' and not told.repeatable
      where t.connection = told.connection and t.call_id = told.call;
    end if;
  end loop;
end $$;
