-- What an order comes to in one currency, the shop's or the buyer's; null where the shop does not say it.
create or replace function order_total(p_order jsonb, p_currency text) returns numeric language sql immutable as $$
  select (case p_currency when p_order ->> 'currency' then p_order ->> 'totalPrice' when p_order ->> 'buyerCurrency' then p_order ->> 'buyerTotalPrice' end)::numeric
$$;
