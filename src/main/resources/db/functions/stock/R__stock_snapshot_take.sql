-- Takes what a warehouse counts. With a number: and whatever has moved after it. Without one: less the picks that were heard since it was asked, which may be in it or not.
-- An older one than the newest that was taken is ignored.
-- in: p_request; p_units; p_position: the number of the last movement in it, or null   out: true = it was taken
create or replace function stock_snapshot_take(p_request bigint, p_units bigint, p_position bigint, p_at timestamptz) returns boolean language plpgsql as $$
declare
  asked orderweir.stock_snapshot := (select a from orderweir.stock_snapshot a where a.id = p_request);
  known orderweir.stock;
  since bigint;
begin
  select * into known from orderweir.stock s where s.pool = asked.pool for update;
  if known.pool is null or p_request <= known.snapshot_id and p_position is null or p_position < known.position then
    return false;
  end if;
  select coalesce(sum(e.on_hand), 0) into since
  from orderweir.stock_entry e
  where e.pool = asked.pool and case when p_position is null then e.id > asked.after_entry and e.what = 'pick' else e.position > p_position end;
  if not orderweir.stock_write(asked.pool, null, 'snapshot/' || p_request, 'snapshot', p_units + since - known.on_hand, 0, 0, 0, 0, null, p_at) then
    return false;
  end if;
  update orderweir.stock
  set position = coalesce(p_position, position), snapshot_id = greatest(snapshot_id, p_request)
  where pool = asked.pool;
  return true;
end $$;
