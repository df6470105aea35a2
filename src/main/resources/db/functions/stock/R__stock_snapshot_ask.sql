-- Notes, before a warehouse is asked what it counts, what is known by then.
-- in: p_pool   out: the request
create or replace function stock_snapshot_ask(p_pool text, p_at timestamptz) returns bigint language plpgsql as $$
declare
  asked bigint;
begin
  perform from orderweir.stock s where s.pool = p_pool for update;
  insert into orderweir.stock_snapshot (pool, after_entry, asked_at)
  values (p_pool, coalesce((select max(e.id) from orderweir.stock_entry e where e.pool = p_pool), 0), p_at)
  returning id into asked;
  return asked;
end $$;
