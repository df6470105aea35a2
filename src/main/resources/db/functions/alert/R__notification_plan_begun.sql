-- Plans what is to be told of what has begun, or was not taken up in time; returns how many messages. A thing that is not urgent waits for the end of the quiet hours.
create or replace function notification_plan_begun(p jsonb, p_at timestamptz) returns int language plpgsql as $$
declare
  planned int;
begin
  with
    channel as materialized (
      select c.*, row_number() over () as place
      from jsonb_to_recordset(p -> 'channels') as c (channel text, connection text, system text, recipient text, step int, kinds jsonb)),
    due as materialized (
      -- the first step, or the next one when nobody took it in time, or when nobody could be told
      select a.id, a.step as before, (
               select min(c.step) from channel c where c.step > a.step and (c.kinds is null or jsonb_typeof(c.kinds) = 'null' or c.kinds ? a.kind)) as step, a.kind
      from orderweir.alert a
      where a.state = 'open' and (not (p ->> 'quiet')::boolean or p -> 'urgent' ? a.kind)
        and (a.step = 0 or a.told_at <= p_at - make_interval(secs => (p ->> 'escalateAfter')::float8)
          or not exists (
            select from orderweir.told t join orderweir.notification n on n.id = t.notification_id
            where t.alert_id = a.id and t.step = a.step and n.state <> 'failed'))),
    told_now as materialized (
      select d.id as alert_id, c.channel, c.connection, c.system, c.recipient, c.step, case when d.before = 0 then 'raised' else 'escalated' end as purpose
      from due d
      join channel c on c.step = d.step and (c.kinds is null or jsonb_typeof(c.kinds) = 'null' or c.kinds ? d.kind)
      where not exists (select from orderweir.told t where t.alert_id = d.id and t.channel = c.channel and t.step = c.step)),
    written as (
      insert into orderweir.notification (purpose, channel, connection, system, recipient, planned_at, due_at, alerts, subject, text)
      select n.purpose, n.channel, n.connection, n.system, n.recipient, p_at, p_at, n.alerts,
             orderweir.notification_subject(n.purpose, n.alerts), orderweir.notification_text(n.purpose, n.alerts, p)
      from (
        select purpose, channel, connection, system, recipient, array_agg(alert_id order by alert_id) as alerts
        from told_now
        group by purpose, channel, connection, system, recipient) n
      returning id, purpose, channel, alerts),
    noted as (
      insert into orderweir.told (alert_id, channel, step, notification_id)
      select n.alert_id, n.channel, n.step, w.id
      from told_now n
      join written w on w.channel = n.channel and w.purpose = n.purpose),
    climbed as (
      update orderweir.alert a
      set step = d.step, told_at = p_at
      from due d
      where a.id = d.id and d.step is not null)
  select count(*) into planned from written;
  return planned;
end $$;
