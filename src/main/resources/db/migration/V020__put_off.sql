-- What a person has put off needs nobody until then: a cause is told while one of its holds is awake, and its group is.
alter function troubles(jsonb, timestamptz) rename to all_troubles;

create function is_put_off(p_fingerprint text, p_at timestamptz) returns boolean language sql stable as $$
  select exists (select from orderweir.hold_group g where g.fingerprint = p_fingerprint and g.snoozed_until > p_at)
    or not exists (
      select from orderweir.hold h
      where h.fingerprint = p_fingerprint and h.closed_at is null and (h.snoozed_until is null or h.snoozed_until <= p_at))
$$;

-- What needs a person now, one row for each cause. p: see sql/alert/watch.sql.
create function troubles(p jsonb, p_at timestamptz) returns table (kind text, cause text, subject text, sentence text, count bigint) language sql stable as $$
  select t.kind, t.cause, t.subject, t.sentence, t.count from orderweir.all_troubles(p, p_at) as t
  where t.kind <> 'hold' or not orderweir.is_put_off(t.subject, p_at)
$$;
