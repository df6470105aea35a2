-- What a person is told of the open holds of one cause; names the newest.
create or replace function alert_told_of_holds(p jsonb, p_fingerprint text, p_holds bigint) returns text language sql stable as $$
  select case when p_holds = 1
              then format('%s %s is in the Error Hold bin. %s. Correct and release it, or discard it.', initcap(e.type), coalesce(e.name, e.key), orderweir.alert_cause_words(p, p_fingerprint))
              else format('%s are in the Error Hold bin for one cause. %s. The newest is %s %s.', orderweir.alert_count_words(p_holds), orderweir.alert_cause_words(p, p_fingerprint), e.type, coalesce(e.name, e.key)) end
  from (
    select message_id from orderweir.hold
    where fingerprint = p_fingerprint and closed_at is null
    order by opened_at desc, id desc
    limit 1) h
  join orderweir.message m on m.id = h.message_id
  join orderweir.entity e on e.id = m.entity_id
$$;
