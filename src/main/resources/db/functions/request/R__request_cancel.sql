-- Cancels what was asked for; what waits behind it waits behind the cancel.
create or replace function request_cancel(p_asked orderweir.delivery) returns void language plpgsql as $$
declare
  waiting orderweir.delivery;
begin
  select * into waiting from orderweir.delivery d
  where d.lane_id = p_asked.lane_id and d.seq > p_asked.seq and not d.cancel and d.state in ('gated', 'ready', 'held');
  perform orderweir.plan_copy(p_asked, true);
  if waiting.id is not null then
    perform orderweir.plan_copy(waiting, false);
  end if;
end $$;
