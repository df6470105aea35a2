-- Hears a signal under the lock of its order: finds what it names, writes it down as heard, and lets every gate it concerns be weighed. What names nothing yet
-- waits; what can never be placed goes to a person.
create or replace function signal_hear(heard orderweir.signal, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  document jsonb;
  places int;
  place record;
  built bigint;
  sender text := (select connection from orderweir.message where id = heard.message_id);
  money text;
  deaf text;
  owed numeric;
  gate orderweir.gate;
  answers text[] := '{}';
  name text;
begin
  select canonical into document from orderweir.payload where message_id = heard.message_id;
  name := coalesce(document ->> 'order', document ->> 'reference', document ->> 'about');
  select count(distinct p.entity_id), min(p.entity_id) as entity_id, min(p.line_id) as line_id, min(p.basis) as basis into place
  from orderweir.signal_places(document, sender) as p;
  places := place.count;
  if place.line_id is not null then
    select b.id into built from orderweir.build b
    where b.entity_id = place.entity_id and b.line_id = place.line_id and (place.basis is null or starts_with(b.basis, place.basis))
    order by (select max(d.id) from orderweir.delivery d where d.build_id = b.id and not d.cancel) desc nulls last limit 1;
  end if;
  if places > 1 then
    return orderweir.signal_hold(heard, 'ambiguous-order', (
      select format('%s stores have an order %s (%s), and a %s does not say of which store it is. Write %s instead, and release.', count(*), name, string_agg(e.connection, ', ' order by e.key),
        orderweir.signal_word(heard.kind), string_agg(e.key, ' or ' order by e.key))
      from orderweir.entity e where e.id in (select p.entity_id from orderweir.signal_places(document, sender) as p)));
  elsif places = 0 or place.line_id is not null and built is null then
    if heard.due_at <= p_at then
      return orderweir.signal_hold(heard, 'unknown-order', format('A %s names %s, and nothing of that name came until %s. Correct it and release it, release it to wait again, or discard it.',
        orderweir.signal_word(heard.kind), name, orderweir.utc(heard.due_at)));
    end if;
    update orderweir.signal
    set next_at = p_at + least(interval '1 minute', greatest(interval '1 second', (p_at - (heard.due_at - interval '24 hours')) / 4), heard.due_at - p_at)
    where message_id = heard.message_id;
    update orderweir.message set reason = format('waits for %s, until %s', name, orderweir.utc(heard.due_at)) where id = heard.message_id;
    return jsonb_build_object('message', heard.message_id, 'answer', 'waits for ' || name);
  end if;

  -- whoever is busy with the order is not waited for
  perform from orderweir.entity where id = place.entity_id for update skip locked;
  if not found then
    update orderweir.signal set next_at = p_at + interval '100 milliseconds' where message_id = heard.message_id;
    return jsonb_build_object('message', heard.message_id, 'answer', 'its order is busy');
  end if;
  if heard.amount is not null then
    select p.canonical ->> 'currency' into money from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = place.entity_id;
    if money <> heard.currency then
      return orderweir.signal_hold(heard, 'wrong-currency', format('A %s of %s %s names %s, which is an order in %s. Correct it or discard it.',
        orderweir.signal_word(heard.kind), heard.amount, heard.currency, name, money));
    end if;
    -- the most that it was ever worth: an edit may have been quicker than the payment
    select max((p.canonical ->> 'totalPrice')::numeric) into owed from orderweir.message m join orderweir.payload p on p.message_id = m.id where m.entity_id = place.entity_id;
    if heard.kind = 'payment' and heard.amount > owed then
      return orderweir.signal_hold(heard, 'more-than-owed', format('A payment of %s %s names %s, which is worth %s. Correct the amount and release it, or discard it; a person may open the gate by hand.',
        heard.amount, heard.currency, name, owed));
    end if;
  end if;
  -- what every gate that listens to it takes from others only is not heard, and counts for none
  select string_agg(distinct g.name, ', ' order by g.name) into deaf
  from orderweir.gate g join orderweir.build b on b.id = g.build_id
  where b.entity_id = place.entity_id and (built is null or g.lasting or g.build_id = built) and orderweir.signal_concerns(g.rule, heard.kind)
  having not bool_or(orderweir.signal_counts(g.rule, heard.kind, sender));
  if deaf is not null then
    return orderweir.signal_hold(heard, 'may-not-say', format('%s may not say %s of %s: gate %s takes it from others only. Ask who signs for %s, and discard it; if it shall say so, an integrator names it in gates.yaml.',
      sender, heard.kind, name, deaf, sender));
  end if;
  update orderweir.signal set state = 'heard', heard_at = p_at, entity_id = place.entity_id, build_id = built where message_id = heard.message_id;

  for gate in
    select distinct on (g.name, case when not g.lasting then g.build_id end) g.*
    from orderweir.gate g join orderweir.build b on b.id = g.build_id
    where b.entity_id = place.entity_id and (built is null or g.lasting or g.build_id = built)
      and orderweir.signal_counts(g.rule, heard.kind, sender)
    order by g.name, case when not g.lasting then g.build_id end, g.opened_at nulls last
  loop
    -- the gates before it may have been opened by this signal just now
    select g.* into gate from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
    answers := answers || orderweir.gate_weigh(gate, gate.rule -> 'closes' ?| array[heard.kind, sender || '/' || heard.kind] or heard.kind in ('refund', 'dispute'));
  end loop;
  perform orderweir.bring_in_line(array[place.entity_id]);
  update orderweir.message set reason = left(coalesce(nullif(array_to_string(answers, '; '), ''), 'no gate of this order is opened by it'), 500) where id = heard.message_id;
  return jsonb_build_object('message', heard.message_id, 'answer', coalesce(nullif(array_to_string(answers, '; '), ''), 'no gate of this order is opened by it'));
end $$;
