-- What of an order is to be paid in one currency, the shop's or the buyer's, less what came back; null where the shop does not say it.
create or replace function order_total(p_order jsonb, p_currency text) returns numeric language sql immutable as $$
  select (case p_currency when p_order ->> 'currency' then (p_order ->> 'totalPrice')::numeric - coalesce((p_order ->> 'returnedPrice')::numeric, 0)
    when p_order ->> 'buyerCurrency' then (p_order ->> 'buyerTotalPrice')::numeric end)
$$;
