-- Gives up what waits behind a record that its account will not have: an order that was cancelled, or given up, before it was booked. Who pays for it after all is booked behind the next version.
create or replace function payments_leave(p_entities bigint[]) returns void language sql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  with left_over as (
    update orderweir.delivery d
    set state = 'superseded', head = false, done_at = clock_timestamp(), reason = 'its order was not booked'
    from orderweir.lane l, orderweir.lane b
    where d.entity_id = any (p_entities) and d.state in ('gated', 'ready', 'held') and d.unsure_since is null
      and l.id = d.lane_id and l.payment is not null and l.remote_id is null and b.id = d.after_lane_id and not orderweir.lane_is_hopeful(b)
    returning d.lane_id)
  update orderweir.lane set fingerprint = null where id in (select lane_id from left_over)
$$;
