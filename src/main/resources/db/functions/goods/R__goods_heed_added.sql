-- Closes the gates that the shop's word had opened where more is wanted than it was about, so that it is asked again; what is out stays out. What it is just being asked is about less, too. Where
-- nothing more is wanted any more, what is left waits for no word.
create or replace function goods_heed_added(p_wanted orderweir.wanted[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  asked record;
  gate orderweir.gate;
begin
  for asked in
    select g.build_id, g.name, bool_or(orderweir.goods_adds(w::orderweir.wanted)) as adds, array_agg(w.lane_id) as lanes
    from unnest(p_wanted) as w
    cross join lateral (
      select n.build_id, n.name from orderweir.gate n
      where n.build_id = w.build_id and n.rule ? 'asks' and coalesce(n.opened_by, n.rule ->> 'asks') = n.rule ->> 'asks' and w.gates @> jsonb_build_array(jsonb_build_object('name', n.name)) offset 0) g
    where w.notice is null and not w.cancel
    group by g.build_id, g.name
  loop
    update orderweir.gate set asked_call = case when not asked.adds then asked_call end where build_id = asked.build_id and name = asked.name returning * into gate;
    if asked.adds and gate.opened_at is not null then
      perform orderweir.gate_shut(gate, gate.opened_by, 'something was added to the order since', null);
      update orderweir.gate set spares = true where build_id = asked.build_id and name = asked.name;
    elsif not asked.adds and gate.spares and not exists (
        select from orderweir.delivery d where d.build_id = asked.build_id and d.state in ('gated', 'held') and asked.name = any (d.behind) and d.lane_id <> all (asked.lanes)) then
      perform orderweir.gate_let_through(gate, gate.rule ->> 'asks', 'nothing more is wanted than what it let go', '{}', gate);
    end if;
  end loop;
end $$;
