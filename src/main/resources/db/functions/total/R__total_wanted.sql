-- What the order of a delivery comes to; null of a part of one, of which nobody says what it comes to.
create or replace function total_wanted(p_delivery orderweir.delivery) returns numeric language sql stable as $$
  select orderweir.total_number(p.canonical ->> 'totalPrice')
  from orderweir.payload p
  where p.message_id = p_delivery.message_id and jsonb_array_length(p_delivery.line_ids) = jsonb_array_length(p.canonical -> 'lineItems')
$$;
