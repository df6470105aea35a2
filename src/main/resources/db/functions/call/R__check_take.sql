-- Begins the next call that reads something of a connection without changing it: totals, or held; see totals_take and goods_ask.
create or replace function check_take(p_connection text, p_verb text, p_port text, p_most int, p_ahead interval, p_lease interval, p_settles interval, p_limits int, p_replica int, p_at timestamptz)
returns table (call bigint, starts_at timestamptz, port text, records jsonb) language plpgsql as $$
begin
  if p_verb = 'held' then
    return query select * from orderweir.goods_ask(p_connection, p_port, p_most, p_ahead, p_lease, p_settles, p_limits, p_replica, p_at);
  else
    return query select * from orderweir.totals_take(p_connection, p_most, p_ahead, p_lease, p_settles, p_limits, p_replica, p_at);
  end if;
end $$;
