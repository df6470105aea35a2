-- Ends calls in one transaction: deliveries and messages, permits, what is known of the targets, and the log. Locks orders first, as whoever appends does, then
-- deliveries, calls, permits, and the connections last. Returns one row per delivery, and what a person should be told.
create or replace function calls_settle(p_ends orderweir.call_end[], p_at timestamptz)
returns table (call bigint, delivery_id bigint, state text, attempts int, alert text) language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
#variable_conflict use_column
declare
  calls bigint[] := array(select e.call from unnest(p_ends) e order by e.call);
  orders bigint[] := orderweir.calls_orders(calls);
  settled jsonb;
  paused jsonb;
begin
  perform from orderweir.entity n
  where n.id = any (orders)
  order by n.connection, n.type, n.key
  for update;
  perform from orderweir.delivery d where d.call_id = any (calls) order by d.id for update;
  perform from orderweir.call c where c.id = any (calls) order by c.id for update;
  select coalesce(jsonb_agg(s), '[]') into settled from orderweir.deliver_settle(p_ends, p_at) s;
  if exists (select from unnest(p_ends) e where e.reads is not null) then
    perform orderweir.totals_owe(settled, p_ends, p_at);
    perform orderweir.totals_settle(p_ends, p_at);
  end if;
  if exists (select from unnest(p_ends) e where e.purpose = 'check' and e.verb = 'held') then
    perform orderweir.goods_settle(p_ends, p_at);
  end if;
  perform orderweir.lanes_go_on(orders);
  if exists (select from unnest(p_ends) e where e.purpose = 'tell') then
    perform orderweir.notification_settle(p_ends, p_at);
  end if;
  if exists (select from unnest(p_ends) e where e.purpose = 'token') then
    perform orderweir.token_settle(p_ends, p_at);
  end if;
  delete from orderweir.call c where c.id = any (calls);
  perform orderweir.permits_give_back(p_ends, p_at);
  select coalesce(jsonb_agg(f), '[]') into paused from orderweir.connection_feel(p_ends, p_at) f;
  insert into orderweir.call_log (id, purpose, connection, port, verb, outcome, because, status, reason, claimed_at, called_at, ended_at, replica, expired, request, answer, revision)
  select e.call, e.purpose, e.connection, e.port, e.verb, e.outcome, e.because, e.status, e.reason, e.claimed_at, e.called_at, e.ended_at, e.replica, e.expired, e.request, e.answer, e.revision
  from unnest(p_ends) e
  where e.called_at is not null;
  insert into orderweir.call_item (call_id, delivery_id, outcome, ended_at)
  select e.call, s.delivery_id, e.outcome, e.ended_at
  from jsonb_to_recordset(settled) as s (call bigint, delivery_id bigint)
  join unnest(p_ends) e on e.call = s.call and e.called_at is not null;
  return query
  select coalesce(s.call, f.call), s.delivery_id, s.state, s.attempts, coalesce(s.sentence, f.reason)
  from jsonb_to_recordset(settled) as s (call bigint, delivery_id bigint, state text, attempts int, sentence text)
  full join jsonb_to_recordset(paused) as f (call bigint, reason text) on f.call = s.call;
end $$;
