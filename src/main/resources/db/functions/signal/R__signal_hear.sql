-- Hears a signal under the lock of its order: finds what it names, writes it down as heard, and lets every gate it concerns be weighed. What names nothing yet
-- waits; what can never be placed goes to a person.
create or replace function signal_hear(heard orderweir.signal, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  document jsonb := (select canonical from orderweir.payload where message_id = heard.message_id);
  sender text := (select connection from orderweir.message where id = heard.message_id);
  named text := coalesce(document ->> 'order', document ->> 'reference', document ->> 'about');
  place record;
  built bigint;
  refused jsonb;
  answer text;
begin
  if heard.kind = 'goods-news' then
    return orderweir.goods_nudge(heard, sender, p_at);
  end if;
  select count(distinct p.entity_id) as orders, min(p.entity_id) as entity_id, min(p.line_id) as line_id, min(p.basis) as basis into place
  from orderweir.signal_places(document, sender) as p;
  if place.line_id is not null then
    select b.id into built from orderweir.build b
    where b.entity_id = place.entity_id and b.line_id = place.line_id and (place.basis is null or starts_with(b.basis, place.basis))
    order by (select max(d.id) from orderweir.delivery d where d.build_id = b.id and not d.cancel) desc nulls last limit 1;
  end if;
  if place.orders > 1 then
    return orderweir.signal_hold(heard, 'ambiguous-order', (
      select format('%s stores have an order %s (%s), and a %s does not say of which store it is. Write %s instead, and release.', count(*), named, string_agg(e.connection, ', ' order by e.key),
        orderweir.signal_word(heard.kind), string_agg(e.key, ' or ' order by e.key))
      from orderweir.entity e where e.id in (select p.entity_id from orderweir.signal_places(document, sender) as p)));
  elsif place.orders = 0 or place.line_id is not null and built is null then
    return orderweir.signal_wait(heard, named, p_at);
  end if;

  -- whoever is busy with the order is not waited for
  perform from orderweir.entity where id = place.entity_id for update skip locked;
  if not found then
    update orderweir.signal set next_at = p_at + interval '100 milliseconds' where message_id = heard.message_id;
    return jsonb_build_object('message', heard.message_id, 'answer', 'its order is busy');
  end if;
  refused := orderweir.signal_refuse(heard, named, sender, place.entity_id, built);
  if refused is not null then
    return refused;
  end if;
  heard.about := orderweir.signal_charge(heard, place.entity_id);
  update orderweir.signal set state = 'heard', heard_at = p_at, entity_id = place.entity_id, build_id = built, about = heard.about, tell_at = orderweir.signal_ends(heard, place.entity_id) where message_id = heard.message_id;
  answer := orderweir.signal_weigh(heard.kind, sender, place.entity_id, built);
  if heard.kind in ('authorized', 'payment', 'payment-failed') then
    perform orderweir.gates_heed_capture(sender, heard, place.entity_id);
  end if;
  perform orderweir.bring_in_line(array[place.entity_id]);
  update orderweir.message set reason = left(answer, 500) where id = heard.message_id;
  return jsonb_build_object('message', heard.message_id, 'answer', answer);
end $$;
