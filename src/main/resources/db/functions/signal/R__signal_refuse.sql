-- A signal that its order cannot have is held: in a currency that is neither the shop's nor the buyer's, of more than the order was ever worth, or said by whom no gate that listens believes it.
-- Returns what signal_hold does, or null where nothing is wrong with it.
create or replace function signal_refuse(heard orderweir.signal, p_name text, p_sender text, p_entity bigint, p_build bigint) returns jsonb language plpgsql as $$
declare
  money text;
  owed numeric;
  -- a key says the store itself
  place text := (select p_name || case when starts_with(p_name, connection || '/') then '' else ' of ' || connection end from orderweir.entity where id = p_entity);
  deaf text;
begin
  if heard.amount is not null then
    select p.canonical ->> 'currency' into money from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = p_entity;
    -- the most that it was ever worth: an edit may have been quicker than the payment
    select max(orderweir.order_total(p.canonical, heard.currency)) into owed from orderweir.message m join orderweir.payload p on p.message_id = m.id where m.entity_id = p_entity;
    if money <> heard.currency and owed is null then
      return orderweir.signal_hold(heard, 'wrong-currency', format('A %s of %s %s names %s, which is an order in %s. Correct it or discard it.',
        orderweir.signal_word(heard.kind), heard.amount, heard.currency, place, money));
    end if;
    if heard.kind = 'payment' and heard.amount > owed then
      return orderweir.signal_hold(heard, 'more-than-owed', format('A payment of %s %s names %s, which is worth %s. Correct the amount and release it, or discard it; a person may open the gate by hand.',
        heard.amount, heard.currency, place, owed));
    end if;
  end if;
  -- what every gate that listens to its kind takes from others only; a shop tells of its own orders in any case
  select string_agg(distinct g.name, ', ' order by g.name) into deaf
  from orderweir.gate g join orderweir.build b on b.id = g.build_id
  where b.entity_id = p_entity and (p_build is null or g.lasting or g.build_id = p_build)
    and not exists (select from orderweir.entity where id = p_entity and connection = p_sender)
    and (g.rule ? 'paid' and heard.kind in ('payment', 'refund', 'dispute', 'dispute-won') or exists (
      select from jsonb_array_elements_text(coalesce(g.rule -> 'opens', '[]') || coalesce(g.rule -> 'closes', '[]')) as named where split_part('/' || named, '/', -1) = heard.kind))
  having not bool_or(orderweir.signal_counts(g.rule, heard.kind, p_sender));
  if deaf is not null then
    return orderweir.signal_hold(heard, 'may-not-say', format('%s may not say %s of %s: gate %s takes it from others only. Ask who signs for %s, and discard it; if it shall say so, an integrator names it in gates.yaml.',
      p_sender, heard.kind, place, deaf, p_sender));
  end if;
  return null;
end $$;
