-- Where the policy has a payment of an order of this shop booked: {gateway, to, port, after} of the first row that is for it; null where none is.
create or replace function payment_terms(p_payment jsonb, p_shop text) returns jsonb language sql immutable as $$
  select r.terms from jsonb_path_query(p_payment, '$.booked[*]') with ordinality as r (terms, place)
  where not r.terms ? 'for' or r.terms -> 'for' ? p_shop
  order by r.place limit 1
$$;
