-- One thing that was asked for a whole group, and how far it is.
-- in: job   out: one row, or none; left = how many have not had their turn
select j.id, j.fingerprint, j.what, j.request, j.started_by as "startedBy", j.started_at as "startedAt", j.total, j.done, j.failed, j.gone,
       j.total - j.done - j.failed - j.gone as left, j.ended_at as "endedAt", j.stopped_by as "stoppedBy",
       (select coalesce(jsonb_agg(jsonb_build_object('hold', f.hold_id, 'answer', f.answer)), '[]') from (
          select s.hold_id, s.answer from orderweir.hold_job_step s where s.job_id = j.id and s.outcome = 'failed' order by s.hold_id limit 20) f) as failures
from orderweir.hold_job j
where j.id = ?
