-- The open holds by cause: those that need somebody now first, of these the most frequent.
-- in: nothing   out: one row per fingerprint with the newest sentence; awake = how many are not put off; job = the work that goes on
select g.fingerprint, g.holds, case when s.snoozed_until > clock_timestamp() then 0 else g.awake end as awake, g.since, g.newest,
       n.reason, n.sentence, n.path, n.id as "newestHold", s.owner, least(s.due_at, g.due) as "dueAt", s.snoozed_until as "snoozedUntil", j.id as job
from (
  select fingerprint, count(*) as holds, count(*) filter (where snoozed_until is null or snoozed_until <= clock_timestamp()) as awake,
         min(opened_at) as since, max(opened_at) as newest, min(due_at) as due
  from orderweir.hold
  where closed_at is null
  group by fingerprint) g
left join orderweir.hold_group s using (fingerprint)
left join orderweir.hold_job j on j.fingerprint = g.fingerprint and j.ended_at is null
cross join lateral (
  select h.id, h.reason, h.sentence, h.path from orderweir.hold h
  where h.closed_at is null and h.fingerprint = g.fingerprint
  order by h.opened_at desc, h.id desc
  limit 1) n
order by case when s.snoozed_until > clock_timestamp() then 0 else g.awake end = 0, g.holds desc, g.since
limit 200
