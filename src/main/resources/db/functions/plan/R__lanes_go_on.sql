-- What ended, began or is held among the deliveries of these orders gives others their turn, frees them or stops them. The orders are locked.
create or replace function lanes_go_on(p_entities bigint[]) returns void language plpgsql as $$
begin
  perform orderweir.lanes_pass_turn(p_entities);
  perform orderweir.payments_leave(p_entities);
  perform orderweir.plan_refresh_waits(p_entities);
end $$;
