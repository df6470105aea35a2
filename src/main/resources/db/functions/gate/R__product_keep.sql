-- Keeps what a message says of a product, when it comes and when a person releases it; other records are kept as the newest message of their entity. Older news change nothing, whenever they come; a product that was
-- deleted never comes back under its id. Of two versions of the same second the one that was captured last counts.
create or replace function product_keep() returns trigger language plpgsql as $$
declare
  said jsonb;
  kept orderweir.product;
begin
  if not exists (select from orderweir.event_type t where t.type = new.type and t.tells_product_types) then
    return null;
  end if;
  said := (select canonical from orderweir.payload where message_id = new.id);
  insert into orderweir.product as p (connection, product_id, product_type, deleted, updated_at)
  values (new.connection, said ->> 'externalId', said ->> 'productType', said ? 'deleted', (said ->> 'updatedAt')::timestamptz)
  on conflict (connection, product_id) do update
  set product_type = coalesce(excluded.product_type, p.product_type),
      updated_at = coalesce(excluded.updated_at, p.updated_at),
      deleted = p.deleted or excluded.deleted
  where excluded.deleted and not p.deleted or excluded.updated_at >= coalesce(p.updated_at, '-infinity')
  returning * into kept;
  update orderweir.message
  set reason = case
    when said ? 'deleted' then 'product deleted'
    when kept.product_id is null then 'a newer version of the product is known'
    when kept.product_type = '' then 'product without a product type'
    else 'product type ' || kept.product_type end
  where id = new.id;
  return null;
end $$;
