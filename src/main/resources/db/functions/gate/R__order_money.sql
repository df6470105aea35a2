-- What payments of an order are weighed by: its price in the shop's currency; by_shop and by_buyer, by which an amount in the shop's currency and one in the buyer's are multiplied to be exact shares of
-- price * by_shop (by_buyer is null where the shop says no total in the buyer's); the gateways whose payments no partner tells (own; null where there are none), and whether others took a part as well;
-- what the shop says is paid (took) and what it gave back through others (gave), both such shares.
create or replace function order_money(p_order jsonb, out price numeric, out by_shop numeric, out by_buyer numeric, out own text[], out others boolean, out took numeric, out gave numeric)
language plpgsql immutable as $$
begin
  price := orderweir.order_total(p_order, p_order ->> 'currency');
  by_shop := nullif(orderweir.order_total(p_order, p_order ->> 'buyerCurrency'), 0);
  by_buyer := case when by_shop is not null then price end;
  by_shop := coalesce(by_shop, 1);
  took := 0;
  gave := 0;
  select array_agg(p ->> 'gateway') filter (where p ? 'kind'), coalesce(bool_or(not p ? 'kind'), false) into own, others from jsonb_array_elements(p_order -> 'payments') as p;
  if own is not null then
    took := coalesce(greatest(0, price - (p_order ->> 'totalOutstanding')::numeric), 0) * by_shop;
    select coalesce(sum((t ->> 'amount')::numeric * case t ->> 'currency' when p_order ->> 'currency' then by_shop when p_order ->> 'buyerCurrency' then by_buyer end), 0) into gave
    from jsonb_path_query(p_order, '$.refunds[*].transactions[*]') as t where t ->> 'kind' = 'refund' and t ->> 'status' = 'success' and t ->> 'gateway' <> all (own);
  end if;
end $$;
