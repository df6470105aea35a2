-- What of the Error Hold bin needs a person now, one row for each cause: not where the whole group is put off, or every open hold of it.
create or replace function alert_hold_troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select 'hold', 'hold|' || h.fingerprint, h.fingerprint,
         case when h.holds = 1 then format('%s %s is in the Error Hold bin. %s. Correct and release it, or discard it.', initcap(e.type), orderweir.entity_called(e.id), orderweir.alert_cause_words(p, h.fingerprint))
              else format('%s are in the Error Hold bin for one cause. %s. The newest is %s %s.', orderweir.alert_count_words(h.holds), orderweir.alert_cause_words(p, h.fingerprint), e.type, orderweir.entity_called(e.id)) end,
         h.holds
  from (
    select fingerprint, count(*) as holds, bool_and(coalesce(snoozed_until > p_at, false)) as put_off
    from orderweir.hold
    where closed_at is null
    group by fingerprint) h
  cross join lateral (
    select message_id from orderweir.hold n
    where n.fingerprint = h.fingerprint and n.closed_at is null
    order by n.opened_at desc, n.id desc
    limit 1) n
  join orderweir.message m on m.id = n.message_id
  join orderweir.entity e on e.id = m.entity_id
  where not h.put_off and not exists (select from orderweir.hold_group g where g.fingerprint = h.fingerprint and g.snoozed_until > p_at)
$$;
