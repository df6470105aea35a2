-- The next open delivery of each lane that lost its head gets its turn; a cancel with nothing at the target to cancel is done without a call.
create or replace function lane_pass_turn() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  lanes bigint[] := array(select lane_id from before where head except select lane_id from after where head);
  at_target orderweir.lane;
  waiting orderweir.delivery;
begin
  if cardinality(lanes) = 0 then
    return null;
  end if;
  perform from orderweir.entity n
  where n.id = any (array(select l.entity_id from orderweir.lane l where l.id = any (lanes)))
  order by n.connection, n.type, n.key
  for update;
  for at_target in
    select l.* from orderweir.lane l
    where l.id = any (lanes) and exists (
      select from orderweir.delivery d where d.lane_id = l.id and d.state in ('gated', 'ready', 'sending', 'unsure', 'held'))
    order by l.id
  loop
    loop
      select * into waiting from orderweir.delivery
      where lane_id = at_target.id and state in ('gated', 'ready', 'sending', 'unsure', 'held')
      order by seq
      limit 1;
      exit when waiting.id is null or waiting.head;
      if waiting.cancel and at_target.remote_id is null and not at_target.doubtful then
        update orderweir.delivery
        set state = 'superseded', done_at = clock_timestamp(), reason = 'cancelled before anything was sent'
        where id = waiting.id;
      else
        update orderweir.delivery
        set head = true, due_at = greatest(due_at, at_target.quiet_at)
        where id = waiting.id;
        exit;
      end if;
    end loop;
  end loop;
  return null;
end $$;
