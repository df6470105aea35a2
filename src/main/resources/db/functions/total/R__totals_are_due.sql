-- Whether a call is spent now to read back what waits for it: at once where the limits have room, else when a call is full, or one has waited ten seconds. So it costs six calls a minute of a
-- connection at its limit, and an order that comes alone does not wait.
create or replace function totals_are_due(p_connection text, p_most int, p_at timestamptz) returns boolean language sql stable as $$
  select coalesce(count(*) >= p_most or min(w.read_at) <= p_at - interval '10 seconds' or count(*) > 0 and not (
    exists (select from orderweir.delivery d where d.connection = p_connection and d.claimable and d.due_at <= p_at)
    or exists (
      select from orderweir.allowance a
      where a.connection = p_connection
        and 2 * (select count(*) from orderweir.permit p where p.connection = a.connection and p.limit_name = a.limit_name and p.free_at > p_at) > a.slots)), false)
  from orderweir.totals_waiting(p_connection, p_most, p_at) w
$$;
