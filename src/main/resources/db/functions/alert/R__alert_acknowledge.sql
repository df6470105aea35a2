-- A person takes an alert: nobody else is told of it.
create or replace function alert_acknowledge(p_alert bigint, p_by text, p_at timestamptz default clock_timestamp()) returns jsonb language plpgsql as $$
declare
  taken orderweir.alert;
begin
  select a.* into taken from orderweir.alert a where a.id = p_alert for update;
  if not found then
    raise exception 'There is no alert %.', p_alert using errcode = 'OW404';
  elsif taken.state = 'over' then
    raise exception 'This is over since %.', orderweir.utc(taken.over_at) using errcode = 'OW409';
  elsif taken.state = 'acknowledged' then
    raise exception '% took this at %.', taken.acknowledged_by, orderweir.utc(taken.acknowledged_at) using errcode = 'OW409';
  end if;
  update orderweir.alert a
  set state = case when a.standing then 'acknowledged' else 'over' end, acknowledged_at = p_at, acknowledged_by = p_by,
      over_at = case when not a.standing then p_at end, ended_at = case when not a.standing then p_at end
  where a.id = p_alert
  returning a.* into taken;
  return jsonb_build_object('alert', taken.id, 'state', taken.state, 'by', p_by, 'at', orderweir.utc(p_at), 'answer', format('%s has taken this: %s', p_by, taken.sentence));
end $$;
