-- The payment that a delivery books: {id, amount, currency, at, gateway, record}, where record is what the account calls the order it is of; null of all other deliveries. It reads what stands
-- behind the locks of the taking.
create or replace function lane_payment(p_delivery bigint) returns jsonb language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  return (
    select jsonb_build_object('id', s.about, 'amount', trim_scale(s.amount)::text, 'currency', s.currency, 'at', p.canonical ->> 'at', 'gateway', p.canonical -> 'booked' ->> 'gateway', 'record', b.remote_id)
    from orderweir.delivery d
    join orderweir.lane l on l.id = d.lane_id
    join orderweir.signal s on s.entity_id = d.entity_id and s.state = 'heard' and s.about = l.payment
    join orderweir.payload p on p.message_id = s.message_id and p.canonical ? 'booked'
    left join orderweir.lane b on b.id = d.after_lane_id
    where d.id = p_delivery
    order by s.amount desc, s.message_id limit 1);
end $$;
