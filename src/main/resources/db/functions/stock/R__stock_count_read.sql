-- Keeps what a count has read of the channel. Only then are its orders read, to their end, and booked.
-- in: p_count, p_quantity   out: false = it is not the count that is under way
create or replace function stock_count_read(p_count bigint, p_quantity bigint) returns boolean language plpgsql as $$
begin
  update orderweir.stock_grant set quantity = p_quantity where count_id = p_count and quantity is null;
  return found;
end $$;
