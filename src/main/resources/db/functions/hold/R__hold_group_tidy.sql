-- What was agreed of a group ends with its last hold; who cares for it stays for the next time.
create or replace function hold_group_tidy() returns int language sql as $$
  with over as (
    update orderweir.hold_group g
    set due_at = null, snoozed_until = null
    where num_nonnulls(g.due_at, g.snoozed_until) > 0
      and not exists (select from orderweir.hold h where h.fingerprint = g.fingerprint and h.closed_at is null)
    returning 1)
  select count(*)::int from over
$$;
