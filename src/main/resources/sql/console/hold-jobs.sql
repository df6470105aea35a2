-- What was asked for a whole group, the newest first.
-- in: fingerprint   out: one row per job; left = how many have not had their turn
select j.id, j.what, j.request, j.started_by as "startedBy", j.started_at as "startedAt", j.total, j.done, j.failed, j.gone,
       j.total - j.done - j.failed - j.gone as left, j.ended_at as "endedAt", j.stopped_by as "stoppedBy"
from orderweir.hold_job j
where j.fingerprint = ?
order by j.id desc
limit 5
