-- Of what was delivered, or is there after all, it is to be read back what the target makes of it; of what was taken back, nothing. What was read of an older content counts no more.
-- Whoever calls it holds the orders' rows.
create or replace function totals_owe(p_settled jsonb, p_ends orderweir.call_end[], p_at timestamptz) returns void language plpgsql as $$
begin
  update orderweir.lane l
  -- what agreed, or was accepted, and is approved with this is not asked again
  set read_at = case when not d.cancel and not coalesce(jsonb_exists(d.found, 'agreed'), false) then p_at end, read_call = null, read_tries = 0,
      read_total = case when jsonb_exists(d.found, 'agreed') then l.read_total end
  from jsonb_to_recordset(p_settled) as s (call bigint, delivery_id bigint)
  join unnest(p_ends) e on e.call = s.call and e.reads is not null
  join orderweir.delivery d on d.id = s.delivery_id
  where l.id = d.lane_id and (d.state in ('delivered', 'confirmed') or d.cancel and d.state = 'superseded');
end $$;
