-- Whether nobody is to be told of a cause now: the whole group is put off, or every open hold of it.
create or replace function hold_is_put_off(p_fingerprint text, p_at timestamptz) returns boolean language sql stable as $$
  select exists (select from orderweir.hold_group g where g.fingerprint = p_fingerprint and g.snoozed_until > p_at)
    or not exists (
      select from orderweir.hold h
      where h.fingerprint = p_fingerprint and h.closed_at is null and (h.snoozed_until is null or h.snoozed_until <= p_at))
$$;
