-- Lets what a shop said of an order (see goods_settle; null: nothing) open or close the gate that asks it, and says whether that moved. What it opened is asked again after ten minutes, should the request
-- not have left by then: an older answer lets nothing go. What somebody keeps is asked again on the day it is scheduled for, after an hour at the latest, else ever more patiently up to a quarter of
-- an hour; what the shop does not show yet, which takes it a moment, from a second on. What a person closed is opened by a person, and the other way round.
create or replace function goods_weigh(p_gate orderweir.gate, p_said jsonb, p_at timestamptz) returns boolean language plpgsql as $$
declare
  shop text := p_gate.rule ->> 'asks';
  waited interval := p_at - (select created_at from orderweir.build where id = p_gate.build_id);
  keeper text := coalesce(p_said ->> 'keptBy', 'the shop has not said yet where it is shipped from');
  turn timestamptz := p_at + greatest(case when p_said is null then interval '1 second' else interval '5 seconds' end, least(interval '15 minutes', waited / 10));
  moved boolean := false;
begin
  if orderweir.goods_turn(p_gate) is null or coalesce(p_gate.opened_by, shop) <> shop or p_gate.opened_at is null and exists (
      select from (select d.by, d.decision from orderweir.gate_decision d where d.build_id = p_gate.build_id and d.gate = p_gate.name order by d.id desc limit 1) last
      where last.by <> shop and last.decision in ('closed', 'refused')) then
    turn := null;
  elsif (p_said ->> 'open')::boolean then
    if p_gate.opened_at is null then
      perform orderweir.gate_let_through(p_gate, shop, 'nobody holds it there', jsonb_build_object('askedAt', orderweir.utc(p_at)), p_gate);
      moved := true;
    end if;
    keeper := null;
    turn := p_at + interval '10 minutes';
  else
    if p_gate.opened_at is not null then
      perform orderweir.gate_shut(p_gate, shop, keeper, null);
      moved := true;
    elsif p_said is not null and keeper is distinct from p_gate.kept_by then
      insert into orderweir.gate_decision (build_id, gate, decision, by, reason) values (p_gate.build_id, p_gate.name, 'closed', shop, keeper);
    end if;
    if p_said ? 'until' then
      turn := least(greatest((p_said ->> 'until')::timestamptz, p_at + interval '1 minute'), p_at + interval '1 hour');
    end if;
  end if;
  update orderweir.gate
  set kept_by = keeper, turn_at = turn, parts = case when turn is not null then coalesce((select array_agg(part) from jsonb_array_elements_text(p_said -> 'parts') as part), parts) end
  where build_id = p_gate.build_id and name = p_gate.name;
  return moved;
end $$;
