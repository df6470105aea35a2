-- Plans what was paid of these orders, and is to be booked, as records of their own behind that of the order. What is more than the order was ever worth, or in another currency than it, is a
-- person's work; what a person gave up is not planned again. The orders are locked.
create or replace function payments_book(p_entities bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  plans orderweir.plan[];
begin
  if not exists (select from orderweir.signal s where s.entity_id = any (p_entities) and s.state = 'heard' and s.amount > 0) then
    return;
  end if;
  plans := array(
    select row(n.entity_id, n.message_id, jsonb_agg(n.delivery order by n.charge), 0)::orderweir.plan
    from (
      select h.entity_id, (h.sent).message_id, h.charge, jsonb_build_object(
        'connection', (h.behind).connection, 'port', h.terms ->> 'port', 'part', h.charge, 'role', h.terms ->> 'to',
        -- of the order and the payment; what no such name may have in it, or is too long, has a digest
        'external_id', (h.sent).external_id || '-' || case when h.charge ~ '^[A-Za-z0-9_-]{1,40}$' then h.charge else 'zz' || left(encode(sha256(convert_to(h.charge, 'UTF8')), 'hex'), 32) end,
        'priority', (h.sent).priority, 'goods_moving', false, 'cancel', false, 'line_ids', '[]'::jsonb, 'gates', '[]'::jsonb, 'fingerprint', f.said,
        'after', jsonb_build_object('connection', (h.behind).connection, 'port', (h.behind).port, 'part', (h.behind).part),
        'hold', case
          when h.owed is null then jsonb_build_object('reason', 'other-currency', 'sentence', format('Order %s: a payment of %s (%s) is in another currency than the order, so it cannot be booked behind it. Book it by hand, then discard this.',
            coalesce(e.name, e.key), f.said, h.charge))
          when h.paid > h.owed then jsonb_build_object('reason', 'overpaid', 'sentence', format('Order %s: with a payment of %s (%s) %s %s of it are paid, and it is worth %s. Release it if that is right, or discard it and it is not booked.',
            coalesce(e.name, e.key), f.said, h.charge, h.paid, h.currency, h.owed))
          end) as delivery
      from orderweir.payments_heard(p_entities) h
      cross join lateral (select trim_scale(h.amount) || ' ' || h.currency as said) f
      join orderweir.entity e on e.id = h.entity_id
      left join orderweir.lane l on (l.entity_id, l.connection, l.port, l.part) = (h.entity_id, (h.behind).connection, h.terms ->> 'port', h.charge)
      where h.hopeful and l.fingerprint is distinct from f.said and not exists (
        select from orderweir.delivery d join orderweir.hold g on g.delivery_id = d.id where d.lane_id = l.id and d.state = 'discarded' and d.fingerprint = f.said)) n
    group by n.entity_id, n.message_id);
  if cardinality(plans) > 0 then
    perform orderweir.plan_messages(plans);
    update orderweir.lane l set payment = l.part
    from unnest(plans) as p cross join lateral jsonb_array_elements(p.deliveries) as d (row)
    where (l.entity_id, l.connection, l.port, l.part) = (p.entity_id, d.row ->> 'connection', d.row ->> 'port', d.row ->> 'part') and l.payment is null;
  end if;
end $$;
