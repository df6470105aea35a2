-- The payments of these orders that the policy has booked, each once. What it is booked behind (behind, sent) is the lane of the order at the same
-- account, by its newest delivery; hopeful says whether the account has that record, or may get it. paid is what all such payments of the order come to, up to this one, and owed the most that
-- the order was ever worth, both in the currency of the payment; owed is null where the order has another one.
create or replace function payments_heard(p_entities bigint[]) returns table (
  entity_id bigint, charge text, amount numeric, currency text, terms jsonb, behind orderweir.lane, sent orderweir.delivery, hopeful boolean, paid numeric, owed numeric) language sql stable
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  with charges as materialized (select * from orderweir.charges_booked(p_entities))
  select c.entity_id, c.charge, c.amount, c.currency, c.terms, b.lane, d.sent, orderweir.lane_is_hopeful(b.lane),
         sum(c.amount) over (partition by c.entity_id, c.currency order by c.first),
         (select max(orderweir.order_total(o.canonical, c.currency)) from orderweir.message m join orderweir.payload o on o.message_id = m.id
          where m.entity_id = c.entity_id and o.canonical ->> 'currency' = c.currency)
  from charges c
  cross join lateral (
    select l as lane from orderweir.lane l
    where l.entity_id = c.entity_id and l.role = c.terms ->> 'to' and l.port = c.terms ->> 'after' and l.part = 'order' and l.last_seq > 0
    order by orderweir.lane_is_hopeful(l) desc, l.id desc limit 1) b
  cross join lateral (
    select n as sent from orderweir.delivery n where n.lane_id = (b.lane).id and n.seq = (b.lane).last_seq limit 1) d
$$;
