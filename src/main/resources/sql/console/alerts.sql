-- The alerts that are not over, those first that nobody has taken, then the oldest.
-- in: how many   out: one row per alert with who was told
select a.id, a.state, a.kind, a.subject, a.sentence, a.count, a.first_at as "firstAt", a.last_at as "lastAt", a.step, a.acknowledged_at as "acknowledgedAt",
       a.acknowledged_by as "acknowledgedBy", a.over_at as "overAt",
       (select coalesce(jsonb_agg(jsonb_build_object('channel', n.channel, 'purpose', n.purpose, 'state', n.state,
          'at', orderweir.utc(coalesce(n.ended_at, n.planned_at)), 'reason', n.reason) order by n.id), '[]')
        from orderweir.told t join orderweir.notification n on n.id = t.notification_id
        where t.alert_id = a.id) as told
from orderweir.alert a
where a.state <> 'over'
order by a.state = 'acknowledged', a.first_at, a.id
limit ?
