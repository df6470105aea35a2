-- Settles a stock call by the answer of its attempt. A refusal is believed only where no earlier attempt can be executed; a take-back that may have gone below zero is looked at first (stock_look).
-- in: p_call; p_done: false = refused. A channel that shows its changes late is answered for when they show   out: true = it is settled
create or replace function stock_settle(p_call bigint, p_done boolean, p_at timestamptz) returns boolean language plpgsql as $$
declare
  settled orderweir.stock_call;
  credit bigint := 0;
begin
  perform from orderweir.stock s join orderweir.stock_call c on c.pool = s.pool where c.id = p_call for update of s;
  update orderweir.stock_call c
  set state = case when p_done and c.what = 'take' and g.kind = 'keyed' then 'looking' when p_done then 'done' when c.only_attempt then 'refused' else 'unsure' end
  from orderweir.stock_grant g
  where c.id = p_call and c.state = 'sending' and g.pool = c.pool and g.connection = c.connection
  returning c.* into settled;
  if settled.state = 'done' and settled.what = 'take' or settled.state = 'refused' and settled.what = 'raise' then
    perform orderweir.stock_write(settled.pool, settled.connection, settled.state || '/' || settled.id, settled.state, 0, 0, -settled.units, 0, 0, null, p_at);
  end if;
  return coalesce(settled.state in ('done', 'refused'), false);
end $$;
