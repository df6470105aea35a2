-- Would a call of a connection be made in vain, because its token has ended, or is refused, or there is none yet? Not where it is signed in without one.
create or replace function token_is_dead(p_connection text, p_at timestamptz) returns boolean language sql stable as $$
  select exists (
    select from orderweir.token t
    where t.connection = p_connection and t.wanted and (t.sealed is null or t.refused_at is not null or t.expires_at <= p_at))
$$;
