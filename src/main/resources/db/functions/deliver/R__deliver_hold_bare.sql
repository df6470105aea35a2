-- Holds deliveries whose payload is gone: there is nothing to send, and no permit is spent on it. Returns the others.
create or replace function deliver_hold_bare(p_waiting bigint[]) returns bigint[] language plpgsql as $$
declare
  bare bigint[] := array(
    select d.id from orderweir.delivery d
    where d.id = any (p_waiting) and not exists (select from orderweir.payload y where y.message_id = d.message_id and y.raw is not null));
begin
  if cardinality(bare) = 0 then
    return p_waiting;
  end if;
  update orderweir.delivery set state = 'held', reason = 'payload-gone' where id = any (bare);
  insert into orderweir.hold (message_id, delivery_id, reason, sentence, fingerprint)
  select d.message_id, d.id, 'payload-gone', format('Order %s: what the shop had said of it was removed after its retention, so nothing can be sent. Change it in the shop, or discard this and do it at the target by hand.', orderweir.entity_called(e.id)),
         concat_ws('|', d.connection, 'payload-gone')
  from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id
  where d.id = any (bare);
  perform from orderweir.entity n where n.id in (select d.entity_id from orderweir.delivery d where d.id = any (bare)) order by n.connection, n.type, n.key for update;
  perform orderweir.lanes_go_on(array(select d.entity_id from orderweir.delivery d where d.id = any (bare)));
  return array(select w from unnest(p_waiting) with ordinality as u (w, n) where w <> all (bare) order by n);
end $$;
