-- Of gates that wait for money which does not come any more a person is told, once for its order. How many orders that are.
create or replace function gates_tell_lost(p_wanted orderweir.wanted[]) returns bigint language sql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with gone as (
    update orderweir.gate o set kept_by = 'the payment is ' || g.lost
    from unnest(p_wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lost text)
    where o.build_id = w.build_id and o.name = g.name and not o.rule ? 'asks' and (o.opened_at is null or g.lost is null) and o.kept_by is distinct from 'the payment is ' || g.lost
    returning w.entity_id, o.name, o.kept_by)
  select count(orderweir.alert_raise('notice', 'payment:' || g.entity_id || ':' || g.kept_by, 'order ' || coalesce(e.name, e.key),
    format('Order %s of %s: %s, so gate %s stays closed and its goods wait. Ask the buyer to pay again, or cancel the order in the shop. A payment opens the gate.', coalesce(e.name, e.key), e.connection, g.kept_by, g.name),
    clock_timestamp()))
  from (select distinct on (entity_id) * from gone where kept_by is not null order by entity_id, name) g
  join orderweir.entity e on e.id = g.entity_id;
$$;
