-- The charges of these orders that the policy has booked, each once: what was paid of it, as of the signal that says most (currency, at, terms), and the message that told of it first.
create or replace function charges_booked(p_entities bigint[]) returns table (entity_id bigint, charge text, amount numeric, currency text, at timestamptz, terms jsonb, first bigint) language sql stable
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  with wanted as materialized (
    select s.*, orderweir.payment_terms(p.canonical, e.connection) as terms
    from orderweir.signal s
    join orderweir.payload p on p.message_id = s.message_id
    join orderweir.entity e on e.id = s.entity_id
    where s.entity_id = any (p_entities) and s.state = 'heard' and s.amount > 0 and orderweir.payment_terms(p.canonical, e.connection) is not null)
  select distinct on (w.entity_id, w.about) w.entity_id, w.about, t.amount, w.currency, w.at, w.terms, min(w.message_id) over (partition by w.entity_id, w.about)
  from wanted w
  join orderweir.charges_told(array(select message_id from wanted)) t on (t.entity_id, t.about, t.kind, t.currency) = (w.entity_id, w.about, w.kind, w.currency)
  order by w.entity_id, w.about, w.amount desc, w.message_id
$$;
