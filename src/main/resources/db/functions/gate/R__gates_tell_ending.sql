-- Tells a person, once, of each authorisation that ends soon while goods of its order still wait, and returns how many it told of. Nobody is told where it was captured, voided, refunded or failed since, where another payment
-- or authorisation came, or where the shop says so.
create or replace function gates_tell_ending(p_at timestamptz) returns bigint language sql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with due as (
    update orderweir.signal s set tell_at = null
    from (select message_id from orderweir.signal where tell_at <= p_at order by tell_at limit 200 for update skip locked) d
    where s.message_id = d.message_id
    returning s.entity_id, s.about, s.at, s.amount, s.currency, s.evidence ->> 'captureBefore' as ends)
  select count(orderweir.alert_raise('notice', 'payment-ends:' || d.entity_id || ':' || d.about, 'order ' || coalesce(e.name, e.key),
    format('Order %s of %s: the authorisation of %s %s ends at %s, and its goods still wait. Capture the payment before, or ask the buyer to pay again.', coalesce(e.name, e.key), e.connection, d.amount, d.currency,
      orderweir.utc(d.ends::timestamptz)), p_at))
  from due d
  join orderweir.entity e on e.id = d.entity_id
  left join orderweir.payload p on p.message_id = e.message_id
  where coalesce(p.canonical ->> 'paymentStatus', 'authorized') in ('authorized', 'pending', 'partially_paid')
    and exists (select from orderweir.delivery w where w.entity_id = d.entity_id and w.goods_moving and not w.cancel and w.state in ('gated', 'ready', 'held'))
    and not exists (
      select from orderweir.signal o where o.entity_id = d.entity_id and o.state = 'heard'
        and (o.about = d.about and o.kind in ('payment', 'payment-failed', 'refund') or o.about <> d.about and o.kind in ('payment', 'authorized') and o.at > d.at))
$$;
