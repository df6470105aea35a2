-- What signals say of each charge, by kind and currency: of one transaction of it the largest amount, those of one sender added up, and of several senders, who tell of the same money, the largest sum.
create or replace function charges_told(p_signals bigint[]) returns table (entity_id bigint, about text, kind text, currency text, amount numeric) language sql stable
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  select t.entity_id, t.about, t.kind, t.currency, max(t.amount)
  from (
    select p.entity_id, p.about, p.kind, p.currency, sum(p.amount) as amount
    from (
      select s.entity_id, s.about, s.kind, s.currency, m.connection, max(s.amount) as amount
      from unnest(p_signals) as n (id) join orderweir.signal s on s.message_id = n.id join orderweir.message m on m.id = s.message_id
      where s.amount is not null
      group by s.entity_id, s.about, s.kind, s.currency, m.connection, s.evidence ->> 'transaction') p
    group by p.entity_id, p.about, p.kind, p.currency, p.connection) t
  group by t.entity_id, t.about, t.kind, t.currency
$$;
