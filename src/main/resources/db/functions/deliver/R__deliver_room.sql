-- How many deliveries of a connection may be begun now, at most p_most: none while it is paused, wants no calls, is away or has no token that lives, one when it is away and a probe is due.
-- p_target: what is known of it; null where nothing is.
create or replace function deliver_room(p_target orderweir.connection_state, p_connection text, p_most int, p_ahead interval, p_limits int, p_at timestamptz)
returns int language plpgsql stable as $$
begin
  if p_target.paused_at is not null or p_target.opens_at > p_at or p_target.away_since is not null and (p_target.closed or p_target.probe_at > p_at)
    or not orderweir.origin_is_known() or orderweir.token_is_dead(p_connection, p_at) then
    return 0;
  end if;
  return orderweir.permits_free(p_connection, case when p_target.away_since is null then p_most else 1 end, p_ahead, p_limits, p_at);
end $$;
