-- Of gates that wait for money which does not come any more, because the shop says so or its capture failed, a person is told, once for its order. How many orders that are.
create or replace function gates_tell_lost(p_wanted orderweir.wanted[]) returns bigint language sql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with gone as (
    update orderweir.gate o set kept_by = s.why
    from unnest(p_wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lost text)
    cross join lateral (select n as gate from orderweir.gate n where n.build_id = w.build_id and n.name = g.name offset 0) n
    cross join lateral (select case when g.lost is not null then 'the payment is ' || g.lost when orderweir.gate_lost_its_payment(n.gate) then 'the capture of its payment failed' end as why) s
    where o.build_id = w.build_id and o.name = g.name and not o.rule ? 'asks' and (o.opened_at is null or s.why is null) and o.kept_by is distinct from s.why
    returning w.entity_id, o.name, o.kept_by)
  select count(orderweir.alert_raise('notice', 'payment:' || g.entity_id || ':' || g.kept_by, 'order ' || coalesce(e.name, e.key),
    format('Order %s of %s: %s, so gate %s stays closed and its goods wait. Ask the buyer to pay again, or cancel the order in the shop. A payment opens the gate.', coalesce(e.name, e.key), e.connection, g.kept_by, g.name),
    clock_timestamp()))
  from (select distinct on (entity_id) * from gone where kept_by is not null order by entity_id, name) g
  join orderweir.entity e on e.id = g.entity_id;
$$;
