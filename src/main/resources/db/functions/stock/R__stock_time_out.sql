-- Notes that nobody knows what became of a stock call that was sent: no answer came, or who sent it is gone. What a raise charged stays charged, what a take-back would credit stays uncredited.
-- in: p_call   out: true = it is unsure now
create or replace function stock_time_out(p_call bigint) returns boolean language plpgsql as $$
begin
  update orderweir.stock_call set state = 'unsure' where id = p_call and state = 'sending';
  return found;
end $$;
