-- Records of different entities: what is news takes the place of what waits.
create or replace function ledger_append_round(p_topic text, p_partition int, p_events orderweir.event[], p_first bigint, p_bodies bytea[]) returns void language plpgsql as $$
declare
  events orderweir.event[] := orderweir.message_tell_apart(p_events, p_first, p_bodies);
  taken bigint[] := orderweir.message_take_in(p_topic, p_partition, events, p_first, p_bodies);
begin
  perform orderweir.hold_close_older(m.entity_id, m.id) from orderweir.message m
  where m.id = any(taken) and exists (select from orderweir.message h where h.entity_id = m.entity_id and h.state = 'held' and h.id < m.id);
  perform orderweir.plan_messages(array(
    select row(m.entity_id, m.id, e.deliveries, m.planned)::orderweir.plan
    from unnest(events) as e
    join orderweir.message m on m.ce_id = e.ce_id
    where m.id = any(taken) and m.state = 'planned'
    order by m.id));
  perform orderweir.bring_in_line(array(select entity_id from orderweir.message where id = any(taken) order by 1));
end $$;
