-- The next open delivery of each lane of these orders whose first one has ended gets its turn; a cancel with nothing at the target to cancel is done without a call.
create or replace function lanes_pass_turn(p_entities bigint[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  at_target orderweir.lane;
  waiting orderweir.delivery;
begin
  for at_target in
    select l.* from orderweir.lane l
    where l.id = any (array(
      select d.lane_id from orderweir.delivery d
      where d.entity_id = any (p_entities) and d.state in ('gated', 'ready', 'sending', 'unsure', 'held')
      group by d.lane_id having not bool_or(d.head)))
    order by l.id
  loop
    loop
      select * into waiting from orderweir.delivery
      where lane_id = at_target.id and state in ('gated', 'ready', 'sending', 'unsure', 'held')
      order by seq
      limit 1;
      exit when waiting.id is null;
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
end $$;
