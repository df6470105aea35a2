-- Drops a raise that was planned and not sent, and gives back what it charged; what was charged before it stays.
-- in: p_call   out: true = it will not be sent
create or replace function stock_drop(p_call bigint, p_at timestamptz) returns boolean language plpgsql as $$
declare
  dropped orderweir.stock_call;
begin
  perform from orderweir.stock s join orderweir.stock_call c on c.pool = s.pool where c.id = p_call for update of s;
  update orderweir.stock_call set state = 'void' where id = p_call and state = 'planned' and what = 'raise' and not owed returning * into dropped;
  return dropped.id is not null and orderweir.stock_write(dropped.pool, dropped.connection, 'drop/' || dropped.id, 'drop', 0, 0, -dropped.units, 0, 0, null, p_at);
end $$;
