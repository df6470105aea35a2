-- Locks the deliveries of a connection that are due, up to p_most of every priority, and passes over those that somebody else has. Returns which, the more urgent and
-- the longer due first, without those of which nothing is left to send.
create or replace function deliver_lock_due(p_connection text, p_most int, p_at timestamptz) returns bigint[] language plpgsql as $$
declare
  due bigint[] := array(
    select d.id
    from generate_series(0, 4) as l (priority)
    cross join lateral (
      select id from orderweir.delivery
      where connection = p_connection and priority = l.priority and claimable and due_at <= p_at
      order by due_at, id
      limit p_most
      for update skip locked) d);
begin
  return orderweir.deliver_hold_bare(due);
end $$;
