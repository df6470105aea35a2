-- A hold that could not be done: it stays held, with the sentence, or somebody else had closed it. The ledger's own trouble is tried again.
create or replace function hold_step_end(p_job bigint, p_hold bigint, p_again boolean, p_answer text) returns text language plpgsql as $$
declare
  step orderweir.hold_job_step;
  became text;
begin
  -- the work first, as in every transaction that ends a step
  perform from orderweir.hold_job where id = p_job and ended_at is null for update;
  if not found then
    return 'stopped';
  end if;
  select * into step from orderweir.hold_job_step where job_id = p_job and hold_id = p_hold and outcome is null for update;
  if not found then
    return 'done';
  end if;
  if p_again and step.tries < 5 then
    update orderweir.hold_job_step set leased_until = clock_timestamp() + interval '5 seconds', answer = p_answer where job_id = p_job and hold_id = p_hold;
    return 'again';
  end if;
  became := case when exists (select from orderweir.hold where id = p_hold and closed_at is not null) then 'gone' else 'failed' end;
  update orderweir.hold_job_step set outcome = became, answer = p_answer where job_id = p_job and hold_id = p_hold;
  update orderweir.hold_job j
  set failed = j.failed + (became = 'failed')::int,
      gone = j.gone + (became = 'gone')::int,
      ended_at = case when j.done + j.failed + j.gone + 1 = j.total then clock_timestamp() end
  where j.id = p_job;
  return became;
end $$;
