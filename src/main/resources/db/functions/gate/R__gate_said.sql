-- What the signals of those whom it believes say of a gate; no row when they say nothing.
create or replace function gate_said(p_gate orderweir.gate) returns table (open boolean, source text, reason text, evidence jsonb, heard_at timestamptz) language plpgsql as $$
declare
  owner bigint := (select entity_id from orderweir.build where id = p_gate.build_id);
  total record;
begin
  if p_gate.rule ? 'paid' then
    select (p.canonical ->> 'totalPrice')::numeric as price, p.canonical ->> 'currency' as currency into total
    from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = owner;
    return query
      with fact as (
        select s.*, m.connection, m.ce_id from orderweir.signal s join orderweir.message m on m.id = s.message_id
        where s.entity_id = owner and s.state = 'heard' and orderweir.signal_counts(p_gate.rule, s.kind, m.connection)),
      charge as (
        select f.about, coalesce(max(f.amount) filter (where f.kind = 'payment'), 0) as paid, coalesce(max(f.amount) filter (where f.kind = 'refund'), 0) as refunded,
               coalesce((array_agg(f.kind order by f.at desc, f.message_id desc) filter (where f.kind in ('dispute', 'dispute-won')))[1] = 'dispute', false) as disputed,
               coalesce((array_agg(f.kind order by f.at desc, f.kind desc) filter (where f.kind in ('payment', 'payment-failed')))[1] = 'payment-failed' and bool_or(f.kind = 'payment'), false) as failed
        from fact f group by f.about),
      counted as (
        select sum(case when c.disputed or c.failed then 0 else greatest(0, c.paid - c.refunded) end) as paid, bool_or(c.disputed) as disputed, max(c.about) filter (where c.failed) as failed from charge c)
      select coalesce(c.paid > 0 and c.paid >= total.price * (p_gate.rule ->> 'paid')::numeric, false),
             f.connection,
             format('%s of %s %s are paid%s', c.paid, total.price, total.currency, case when c.disputed then ', and a dispute is open' when c.failed is not null then ', and the capture of a payment failed' else '' end),
             f.evidence || jsonb_build_object('signal', f.ce_id, 'paid', c.paid::text, 'total', total.price::text, 'currency', total.currency) || case when c.failed is not null then jsonb_build_object('captureFailed', c.failed) else '{}' end,
             (select max(h.heard_at) from fact h)
      from counted c
      cross join lateral (select * from fact order by at desc, message_id desc limit 1) f
      -- of an order whose total is not known nothing is said
      where total.price is not null;
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
