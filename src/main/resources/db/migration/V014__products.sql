-- What a shop said of its products: their type may decide which gates a line waits at, and the news of an order do not carry it. A product is a
-- captured message as any other; a trigger keeps what the newest says, so that no other message costs more.
create table product (
  connection text not null,
  product_id text not null,
  product_type text,
  deleted boolean not null default false,
  updated_at timestamptz,
  primary key (connection, product_id),
  constraint product_type_has_time check ((product_type is null) = (updated_at is null)),
  constraint product_without_type_is_deleted check (product_type is not null or deleted)
) with (fillfactor = 80);
comment on column product.product_type is 'as the merchant wrote it, empty when it has none; null = deleted before it was told';
comment on column product.updated_at is 'of the newest version known, by the shop''s clock';

-- Keeps what a message says of a product, when it comes and when a person releases it. Older news change nothing, whenever they come; a product that was
-- deleted never comes back under its id. Of two versions of the same second the one that was captured last counts.
create function keep_product() returns trigger language plpgsql as $$
declare
  said jsonb := (select canonical from orderweir.payload where message_id = new.id);
  kept orderweir.product;
begin
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
create trigger message_keep_product after insert on message
  for each row when (new.type = 'product' and new.state = 'noted') execute function keep_product();
create trigger message_keep_released_product after update on message
  for each row when (new.type = 'product' and new.state = 'noted' and old.state <> 'noted') execute function keep_product();
