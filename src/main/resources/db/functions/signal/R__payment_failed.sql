-- Does a word of the shop stand on a payment that was only authorised, and whose capture failed since? A declined card was never authorised; what came later, came.
create or replace function payment_failed(p_entity bigint, p_status text) returns boolean language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return p_status = 'authorized' and exists (
    select from orderweir.signal f
    where f.entity_id = p_entity and f.state = 'heard' and f.kind = 'payment-failed'
      and exists (select from orderweir.signal a where a.entity_id = p_entity and a.state = 'heard' and a.kind in ('authorized', 'payment') and a.about = f.about and a.at <= f.at)
      and not exists (select from orderweir.signal p where p.entity_id = p_entity and p.state = 'heard' and p.kind in ('authorized', 'payment') and p.at > f.at));
end $$;
