-- One permit of every limit of a connection for a notification, all or none.
create or replace function permits_take_for_notification(p_connection text, p_notification bigint, p_claim int, p_lease interval, p_settles interval, p_limits int, p_at timestamptz) returns boolean language sql as $$
  with
    free as materialized (
      select a.limit_name, a.window_length, f.slot
      from orderweir.allowance a
      cross join lateral (
        select q.slot from orderweir.permit q
        where q.connection = a.connection and q.limit_name = a.limit_name and q.free_at <= p_at
        order by q.free_at
        limit 1
        for update skip locked) f
      where a.connection = p_connection),
    taken as (
      update orderweir.permit t
      set free_at = p_at + p_lease + greatest(f.window_length, case when f.window_length = interval '0' then p_settles else interval '0' end),
          delivery_id = -p_notification, claim = p_claim
      from free f
      where t.connection = p_connection and t.limit_name = f.limit_name and t.slot = f.slot
        and (select count(*) from free) = greatest((select count(*) from orderweir.allowance where connection = p_connection), p_limits)
      returning t.slot)
  select count(*) > 0 from taken
$$;
