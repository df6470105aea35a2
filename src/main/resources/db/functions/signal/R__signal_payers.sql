-- The orders of the checkouts that a payment names: by the checkout itself, or by a payment of it, which has a number behind a dot.
create or replace function signal_payers(p_named text[]) returns setof bigint language sql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select distinct f.entity_id
  from unnest(p_named || array(select substring(n from '^(.+)[.][0-9]{1,4}$') from unnest(p_named) n)) as w (word)
  cross join orderweir.salt s
  cross join lateral (select entity_id from orderweir.found_by where term = orderweir.search_term(s.salt, 'checkout', w.word) limit 20) f
  where w.word is not null
$$;
