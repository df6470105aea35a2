-- Whether the shop is to be asked now of the goods behind a gate: now, later, or null where nothing that could leave waits for it. What waits for other gates gets its turn with the last of them.
create or replace function goods_turn(p_gate orderweir.gate) returns text language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  waits orderweir.delivery;
begin
  select d.* into waits from orderweir.delivery d
  where d.build_id = p_gate.build_id and d.notice is null and not d.cancel and d.state in ('gated', 'ready', 'held') and p_gate.name = any (d.behind)
  order by d.seq desc limit 1;
  return case
    when exists (select from orderweir.gate o where o.build_id = p_gate.build_id and o.name <> p_gate.name and o.opened_at is null) then null
    -- what a closed gate had cancelled is asked for anew
    when waits.id is null then case when p_gate.opened_at is null and orderweir.gate_waits(p_gate.build_id) then 'now' end
    when waits.head and waits.state <> 'held' and not waits.waits_after and not waits.stopped then 'now'
    else 'later' end;
end $$;
