-- What the canonical order of a message is found by; nothing, where it is not readable as an order.
create or replace function search_terms(p_salt bytea, p_canonical jsonb) returns table (term bytea) language sql stable as $$
  select orderweir.search_term(p_salt, 'e-mail', a.address)
  from (values (p_canonical -> 'customer' ->> 'email'), (p_canonical -> 'billingAddress' ->> 'email'), (p_canonical -> 'shippingAddress' ->> 'email')) as a (address)
  where a.address <> ''
  union
  select orderweir.search_term(p_salt, 'sku', l.line ->> 'sku')
  from jsonb_array_elements(case jsonb_typeof(p_canonical -> 'lineItems') when 'array' then p_canonical -> 'lineItems' else '[]' end) as l (line)
  where l.line ->> 'sku' <> ''
$$;
