-- What the signals of those whom it believes say of a gate; no row when they say nothing.
create or replace function gate_said(p_gate orderweir.gate) returns table (open boolean, source text, reason text, evidence jsonb, heard_at timestamptz) language plpgsql as $$
declare
  owner bigint := (select entity_id from orderweir.build where id = p_gate.build_id);
  document jsonb;
  money record;
begin
  if p_gate.rule ? 'paid' then
    select p.canonical into document from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = owner;
    select * into money from orderweir.order_money(document);
    return query
      with fact as (
        select s.*, m.connection, m.ce_id from orderweir.signal s join orderweir.message m on m.id = s.message_id
        where s.entity_id = owner and s.state = 'heard' and orderweir.signal_counts(p_gate.rule, s.kind, m.connection)
          -- what the shop keeps itself stands in its own number
          and not (s.evidence ? 'kind' and exists (select from orderweir.entity e where e.id = owner and e.connection = m.connection))),
      charge as (
        select f.about, min(f.currency) as currency, coalesce(max(t.amount) filter (where f.kind = 'payment'), 0) as paid, coalesce(max(t.amount) filter (where f.kind = 'refund'), 0) as refunded,
               coalesce((array_agg(f.kind order by f.at desc, f.message_id desc) filter (where f.kind in ('dispute', 'dispute-won')))[1] = 'dispute', false) as disputed,
               coalesce((array_agg(f.kind order by f.at desc, f.kind desc) filter (where f.kind in ('payment', 'payment-failed')))[1] = 'payment-failed' and bool_or(f.kind = 'payment'), false) as failed
        from fact f left join orderweir.charges_told(array(select message_id from fact)) t on (t.about, t.kind, t.currency) = (f.about, f.kind, f.currency) group by f.about
        -- nobody can say what is left of a charge in two currencies
        having count(distinct f.currency) <= 1),
      counted as (
        select c.currency, case c.currency when document ->> 'currency' then money.by_shop when document ->> 'buyerCurrency' then money.by_buyer end as by, sum(c.paid) as paid,
               sum(case when c.disputed or c.failed then 0 else least(c.paid, c.refunded) end) as refunded, sum(case when c.disputed or c.failed then c.paid else 0 end) as lost, bool_or(c.disputed) as disputed, max(c.about) filter (where c.failed) as failed
        from charge c group by c.currency),
      weighed as (
        select coalesce(sum(c.paid * c.by), 0) as told, coalesce(sum(c.refunded * c.by), 0) as refunded, coalesce(sum(c.lost * c.by), 0) as lost, coalesce(bool_or(c.disputed), false) as disputed, max(c.failed) as failed,
               string_agg((c.paid - c.refunded - c.lost)::text, ' + ' order by c.currency) as paid, string_agg(orderweir.order_total(document, c.currency)::text, ' + ' order by c.currency) as total, string_agg(c.currency, ' + ' order by c.currency) as currency
        from counted c),
      judged as (
        select w.*, case when money.own is null then w.told - w.refunded - w.lost when not money.others then w.told - w.refunded - w.lost + money.took when w.told = 0 then 0
                    else greatest(w.told - w.refunded - w.lost, money.took - w.lost - greatest(0, w.refunded - money.gave)) end as share
        from weighed w)
      select j.share > 0 and j.share >= money.price * money.by_shop * (p_gate.rule ->> 'paid')::numeric, coalesce(f.connection, e.connection),
             format('%s of %s %s are paid%s%s', coalesce(j.paid, '0'), coalesce(j.total, money.price::text), coalesce(j.currency, document ->> 'currency'),
               case when money.took > 0 then format(', and of %s %s the shop says %s are outstanding', money.price, document ->> 'currency', document ->> 'totalOutstanding') else '' end,
               case when j.disputed then ', and a dispute is open' when j.failed is not null then ', and the capture of a payment failed' else '' end),
             coalesce(f.evidence, '{}') || jsonb_strip_nulls(jsonb_build_object('signal', f.ce_id, 'paid', coalesce(j.paid, '0'), 'total', coalesce(j.total, money.price::text),
               'currency', coalesce(j.currency, document ->> 'currency'), 'outstanding', case when money.took > 0 then document ->> 'totalOutstanding' end, 'captureFailed', j.failed)),
             -- what the shop took opens nothing again that a person closed
             coalesce((select max(h.heard_at) from fact h), '-infinity')
      from judged j join orderweir.entity e on e.id = owner
      left join lateral (select * from fact order by at desc, message_id desc limit 1) f on true
      -- of an order whose total is not known nothing is said; without a partner's word a gate is opened, and closed where it was opened like this
      where money.price is not null and (f.message_id is not null or j.share > 0 and j.share >= money.price * money.by_shop * (p_gate.rule ->> 'paid')::numeric or p_gate.evidence ? 'outstanding');
  else
    return query
      select p_gate.rule -> 'opens' ?| array[s.kind, m.connection || '/' || s.kind], m.connection, s.kind, s.evidence || jsonb_build_object('signal', m.ce_id, 'at', orderweir.utc(s.at)), s.heard_at
      from orderweir.signal s
      join orderweir.message m on m.id = s.message_id
      where s.entity_id = owner and s.state = 'heard' and orderweir.signal_counts(p_gate.rule, s.kind, m.connection)
        -- what was said of the whole order before this was asked for was said of something else
        and (p_gate.lasting or s.build_id = p_gate.build_id
          or s.build_id is null and s.heard_at >= (select created_at from orderweir.build where id = p_gate.build_id))
      order by s.at desc, s.message_id desc
      limit 1;
  end if;
end $$;
