-- Is a version of an entity older than the one of a message, which is the newest that is known? A shop tells seconds: of two versions of one time a cancelled one is the
-- newer, because no shop takes a cancellation back; else the later by its sender's finer time; else the one that is captured last. Null where one of them has no version.
create or replace function message_is_older(p_version timestamptz, p_cancelled boolean, p_triggered_at timestamptz, p_newest bigint) returns boolean language sql stable as $$
  select case
    when p_version <> m.version then p_version < m.version
    when coalesce(p_cancelled, false) <> n.cancelled then n.cancelled
    else coalesce(p_triggered_at < m.triggered_at, false) end
  from orderweir.message m
  cross join lateral (
    select coalesce((select p.canonical ->> 'status' = 'cancelled' from orderweir.payload p where p.message_id = m.id), false) as cancelled) n
  where m.id = p_newest
$$;
