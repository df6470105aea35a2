-- Closes the gates that the shop's word of an authorised payment had opened when its capture failed, and opens them again when another one came. A person is
-- told, once for the order. Goods that are out are not called back.
create or replace function gates_heed_capture(p_sender text, p_heard orderweir.signal, p_entity bigint) returns void language plpgsql as $$
declare
  shop text;
  document jsonb;
  status text;
  gate orderweir.gate;
begin
  select e.connection, p.canonical, p.canonical ->> 'paymentStatus' into shop, document, status
  from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = p_entity;
  if exists (select from jsonb_array_elements(document -> 'lineItems') as l (line) where coalesce(line ->> 'openQuantity', line ->> 'quantity', '0')::numeric > 0) then
    for gate in select g.* from orderweir.gate g join orderweir.build b on b.id = g.build_id where b.entity_id = p_entity order by g.build_id, g.name loop
      if gate.opened_by = shop and orderweir.payment_failed(p_entity, gate.evidence ->> 'paymentStatus') then
        perform orderweir.gate_shut(gate, p_sender, 'the capture of a payment failed', p_heard.evidence || jsonb_build_object('captureFailed', p_heard.about));
      elsif orderweir.gate_lost_its_payment(gate) and not gate.rule ? 'paid' and status = 'authorized' and not orderweir.payment_failed(p_entity, status) then
        perform orderweir.gate_decide(gate, true, shop, 'payment status ' || status, jsonb_build_object('paymentStatus', status));
      end if;
    end loop;
  end if;
  perform orderweir.gates_tell_lost(array(
    select jsonb_populate_record(null::orderweir.wanted, jsonb_build_object('entity_id', p_entity, 'build_id', b.id,
      'gates', (select jsonb_agg(jsonb_build_object('name', g.name)) from orderweir.gate g where g.build_id = b.id and (g.kept_by like 'the capture of%' or orderweir.gate_lost_its_payment(g)))))
    from orderweir.build b where b.entity_id = p_entity));
end $$;
