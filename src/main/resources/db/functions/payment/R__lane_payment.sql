-- The payment that a delivery books: {id, amount, currency, at, gateway, record}, where record is what the account calls the order it is of; null of all other deliveries. It reads what stands
-- behind the locks of the taking.
create or replace function lane_payment(p_delivery bigint) returns jsonb language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  return (
    select jsonb_build_object('id', c.charge, 'amount', trim_scale(c.amount)::text, 'currency', c.currency, 'at', orderweir.utc(c.at), 'gateway', c.terms ->> 'gateway', 'record', b.remote_id)
    from orderweir.delivery d
    join orderweir.lane l on l.id = d.lane_id
    join orderweir.charges_booked(array[d.entity_id]) c on c.charge = l.payment
    left join orderweir.lane b on b.id = d.after_lane_id
    where d.id = p_delivery);
end $$;
