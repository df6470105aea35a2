-- Marks a stock call as sent, before its bytes leave. A planned one is sent once; an unsure one again, with the same key and the same input, where the channel remembers keys and still has this one,
-- or where it closes the channel; any other is never repeated, and settled by a count.
-- in: p_call   out: the call, or null where it may not be sent
create or replace function stock_send(p_call bigint, p_at timestamptz) returns orderweir.stock_call language plpgsql as $$
declare
  sent orderweir.stock_call;
begin
  perform from orderweir.stock s join orderweir.stock_call c on c.pool = s.pool where c.id = p_call for update of s;
  update orderweir.stock_call c
  -- whoever sends while an earlier attempt may live believes no refusal
  set state = 'sending', first_sent_at = coalesce(c.first_sent_at, p_at), only_attempt = c.state = 'planned' or g.last_sent_at + g.lifetime <= p_at
  from orderweir.stock_grant g
  where c.id = p_call and g.pool = c.pool and g.connection = c.connection and g.count_id is null
    and (c.state = 'planned' or c.state = 'unsure' and case g.kind when 'absolute' then c.what = 'close' when 'refusing' then false else p_at < c.first_sent_at + g.key_retention end)
  returning c.* into sent;
  update orderweir.stock_grant set last_sent_at = greatest(last_sent_at, p_at) where pool = sent.pool and connection = sent.connection;
  return sent;
end $$;
