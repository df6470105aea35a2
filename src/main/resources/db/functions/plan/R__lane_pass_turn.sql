-- The next open delivery of the lane gets its turn; a cancel with nothing at the target to cancel is done without a call.
create or replace function lane_pass_turn() returns trigger language plpgsql as $$
declare
  waiting orderweir.delivery;
  at_target orderweir.lane;
begin
  perform orderweir.entity_lock(old.entity_id);
  select * into at_target from orderweir.lane where id = old.lane_id;
  loop
    select * into waiting from orderweir.delivery
    where lane_id = old.lane_id and state in ('gated', 'ready', 'sending', 'unsure', 'held')
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
  return null;
end $$;
