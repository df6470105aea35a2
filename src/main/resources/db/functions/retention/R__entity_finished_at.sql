-- When the last thing of an entity came to its end; null while anything of it is open: a delivery, also one that waits at a gate, a hold, a signal that is not heard yet.
create or replace function entity_finished_at(p_entity bigint) returns timestamptz language sql stable as $$
  select greatest(
    (select max(m.appended_at) from orderweir.message m where m.entity_id = p_entity),
    (select max(d.done_at) from orderweir.delivery d join orderweir.message m on m.id = d.message_id where m.entity_id = p_entity),
    (select max(h.closed_at) from orderweir.hold h join orderweir.message m on m.id = h.message_id where m.entity_id = p_entity),
    (select max(s.heard_at) from orderweir.signal s where s.entity_id = p_entity and s.state = 'heard'))
  where not exists (select from orderweir.delivery d where d.entity_id = p_entity and d.state in ('gated', 'ready', 'sending', 'unsure', 'held'))
    and not exists (select from orderweir.message m where m.entity_id = p_entity and m.state = 'held')
    and not exists (select from orderweir.hold h join orderweir.message m on m.id = h.message_id where m.entity_id = p_entity and h.closed_at is null)
    and not exists (select from orderweir.signal s join orderweir.message m on m.id = s.message_id where m.entity_id = p_entity and s.state = 'waiting')
    -- a signal is as open as the order it was heard of
    and not exists (select from orderweir.signal s join orderweir.message m on m.id = s.message_id join orderweir.delivery d on d.entity_id = s.entity_id
                    where m.entity_id = p_entity and d.state in ('gated', 'ready', 'sending', 'unsure', 'held'))
$$;
