-- Whether what is said in events of a type decides which gates the lines of orders pass.
create or replace function type_tells_products(p_type text) returns boolean language sql stable as $$
  select exists (select from orderweir.event_type t where t.type = p_type and t.tells_product_types)
$$;
