-- A call was refused (401) that was made with the token p_number. Returns what the call does next: again (there is another token by now, or will be in a moment: it is repeated),
-- or ask (the token was given just now: it is not for want of one).
create or replace function token_refused(p_connection text, p_number bigint, p_at timestamptz) returns text language plpgsql as $$
declare
  held orderweir.token;
begin
  select * into held from orderweir.token where connection = p_connection for update;
  if held.number is distinct from p_number or held.refused_at is not null then
    return 'again';
  elsif not held.worked and held.earlier_expires_at > p_at then
    -- back to the one that worked, until another one is there
    update orderweir.token
    set number = earlier_number, sealed = earlier, expires_at = earlier_expires_at, worked = true, earlier_number = null, earlier = null, earlier_expires_at = null, renew_at = p_at + interval '1 minute'
    where connection = p_connection;
  elsif held.given_at > p_at - interval '1 minute' then
    return 'ask';
  else
    update orderweir.token set refused_at = p_at, renew_at = least(renew_at, p_at) where connection = p_connection;
  end if;
  return 'again';
end $$;
