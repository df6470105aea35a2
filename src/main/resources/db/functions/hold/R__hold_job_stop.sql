-- What has not had its turn stays held. A release that is under way while this waits for it counts, a later one is undone.
create or replace function hold_job_stop(p_job bigint, p_by text) returns jsonb language plpgsql as $$
declare
  job orderweir.hold_job;
begin
  select * into job from orderweir.hold_job where id = p_job for update;
  if not found then
    raise exception 'There is no work %.', p_job using errcode = 'OW404';
  end if;
  if job.ended_at is not null then
    raise exception 'It ended at % already, with % of %.', orderweir.utc(job.ended_at), job.done, job.total using errcode = 'OW409';
  end if;
  update orderweir.hold_job set ended_at = clock_timestamp(), stopped_by = p_by where id = p_job;
  return jsonb_build_object('job', p_job, 'group', job.fingerprint, 'done', job.done, 'total', job.total, 'by', p_by, 'at', orderweir.utc(clock_timestamp()),
    'answer', format('Stopped: %s of %s are done, %s stay held.', job.done, job.total, job.total - job.done - job.gone));
end $$;
