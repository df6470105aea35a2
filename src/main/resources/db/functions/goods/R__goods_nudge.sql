-- Hears that something moved among an order's goods at the shop, which is never believed: the shop is asked again of the order that waits for its word and has that part, a second later, so that news that come together
-- cost one look. Of what nobody waits for nothing is asked. It waits for nobody, and nobody for it.
create or replace function goods_nudge(heard orderweir.signal, p_sender text, p_at timestamptz) returns jsonb language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  orders text;
  answer text;
begin
  with
    waiting as materialized (
      select g.build_id, g.name as gate, coalesce(e.name, e.key) as known_as
      from orderweir.gate g join orderweir.build b on b.id = g.build_id join orderweir.entity e on e.id = b.entity_id
      where g.parts @> array[heard.about] and g.rule ->> 'asks' = p_sender and g.turn_at is not null),
    given as (
      insert into orderweir.turn_given (build_id, gate, at)
      select w.build_id, w.gate, p_at + interval '1 second' from waiting w
      where not exists (select from orderweir.turn_given t where t.build_id = w.build_id and t.gate = w.gate))
  select string_agg(distinct w.known_as, ', ') into orders from waiting w;
  answer := coalesce('the shop is asked again of ' || orders, 'no order that waits for the shop is known to have it');
  delete from orderweir.signal where message_id = heard.message_id;
  update orderweir.message set reason = left(answer, 500) where id = heard.message_id;
  return jsonb_build_object('message', heard.message_id, 'answer', answer);
end $$;
