-- Lets the books be put back to an earlier day, or taken over by a server that may be behind: whatever was sent since may be alive, and every channel is counted anew before it is given anything.
create or replace function stock_restored(p_at timestamptz) returns void language sql as $$
  update orderweir.stock_call set state = 'void' where state in ('planned', 'sending', 'unsure', 'looking');
  update orderweir.stock_grant
  set stale = true, last_sent_at = p_at, count_id = null, orders_before = null, cancels_before = null, quantity = null
$$;
