-- Takes back a call that has not left: whoever was to make it finds that it is gone. False when its bytes may be on their way.
create or replace function call_withdraw(p_call bigint) returns boolean language plpgsql as $$
begin
  delete from orderweir.call where id = p_call and called_at is null;
  if not found then
    return false;
  end if;
  update orderweir.permit set free_at = clock_timestamp(), holder = null where holder = p_call;
  return true;
end $$;
