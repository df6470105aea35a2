-- The target took a call that was made with this token: the earlier one is not needed any more.
create or replace function token_worked(p_connection text, p_number bigint) returns void language sql as $$
  update orderweir.token
  set worked = true, earlier_number = null, earlier = null, earlier_expires_at = null
  where connection = p_connection and number = p_number and not worked
$$;
