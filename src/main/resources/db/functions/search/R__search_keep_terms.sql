-- Keeps the terms by which an order is found, by a person or by a payment, salted and hashed; those of older versions stay.
create or replace function search_keep_terms() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  insert into orderweir.found_by (term, entity_id)
  select t.term, m.entity_id
  from after p
  cross join lateral (select entity_id from orderweir.message where id = p.message_id and type = any (array(select t.type from orderweir.event_type t where t.kind = 'order')) offset 0) m
  cross join orderweir.salt s
  cross join lateral (
    select orderweir.search_term(s.salt, 'e-mail', a.address) as term
    from (values (p.canonical -> 'customer' ->> 'email'), (p.canonical -> 'billingAddress' ->> 'email'), (p.canonical -> 'shippingAddress' ->> 'email')) as a (address)
    where a.address <> ''
    union
    select orderweir.search_term(s.salt, 'sku', l.line ->> 'sku')
    -- nothing of what is not readable as an order
    from jsonb_array_elements(case jsonb_typeof(p.canonical -> 'lineItems') when 'array' then p.canonical -> 'lineItems' else '[]' end) as l (line)
    where l.line ->> 'sku' <> ''
    union
    select orderweir.search_term(s.salt, 'checkout', c.checkout)
    from jsonb_array_elements_text(case jsonb_typeof(p.canonical -> 'paidAs') when 'array' then p.canonical -> 'paidAs' else '[]' end) as c (checkout)) t
  where p.canonical is not null
  on conflict do nothing;
  return null;
end $$;
