-- Plans what is over, for those who were told that it began; returns how many messages. The quiet hours hold for it, too.
create or replace function notification_plan_over(p jsonb, p_at timestamptz) returns int language plpgsql as $$
declare
  planned int;
begin
  with
    gone as materialized (
      select a.id from orderweir.alert a
      where a.state = 'over' and a.ended_at is null and (not (p ->> 'quiet')::boolean or p -> 'urgent' ? a.kind)
      order by a.id
      limit 1000
      for update),
    hearer as materialized (
      select distinct on (t.alert_id, t.channel) t.alert_id, n.channel, n.connection, n.system, n.recipient
      from gone g
      join orderweir.told t on t.alert_id = g.id and t.step > 0
      join orderweir.notification n on n.id = t.notification_id
      -- a message of several things goes out for the others
      where n.state in ('sending', 'sent', 'unsure')
        or n.state = 'ready' and exists (select from orderweir.alert o where o.id = any (n.alerts) and o.state <> 'over')
      order by t.alert_id, t.channel, n.id desc),
    written as (
      insert into orderweir.notification (purpose, channel, connection, system, recipient, planned_at, due_at, alerts, subject, text)
      select 'over', h.channel, h.connection, h.system, h.recipient, p_at, p_at, h.alerts,
             orderweir.notification_subject('over', h.alerts), orderweir.notification_text('over', h.alerts, p)
      from (
        select channel, connection, system, recipient, array_agg(alert_id order by alert_id) as alerts
        from hearer
        group by channel, connection, system, recipient) h
      returning id, channel, alerts),
    noted as (
      insert into orderweir.told (alert_id, channel, step, notification_id)
      select h.alert_id, h.channel, 0, w.id
      from hearer h
      join written w on w.channel = h.channel and h.alert_id = any (w.alerts)
      on conflict do nothing),
    closed as (
      update orderweir.alert a set ended_at = p_at from gone g where a.id = g.id)
  select count(*) into planned from written;
  return planned;
end $$;
