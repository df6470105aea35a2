-- Counts one hold as done in the transaction that released or discarded it, so that it is both or neither; puts what it set free behind
-- live work. Without a job it returns the answer as it is.
create or replace function hold_job_worked(p_job bigint, p_hold bigint, p_answer jsonb) returns jsonb language plpgsql as $$
declare
  targets text[];
  space interval;
  live boolean;
begin
  if p_job is null then
    return p_answer;
  end if;
  with late as (
    update orderweir.delivery d
    set priority = 4
    from orderweir.hold h
    where h.id = p_hold and d.message_id = h.message_id and d.state in ('gated', 'ready', 'unsure') and d.priority < 4
    returning d.connection)
  select array_agg(distinct connection) into targets from late;
  -- a statement of its own: only now what was just set free is no live work
  select coalesce(max(coalesce(a.leak, a.window_length / a.slots)) filter (where a.window_length > interval '0'), interval '0'),
         coalesce(bool_or(orderweir.hold_job_sees_live_work(a.connection)), false)
  into space, live
  from orderweir.allowance a
  where a.connection = any (targets);
  update orderweir.hold_job j
  set done = j.done + 1,
      next_at = case when live or j.live_at > clock_timestamp() - interval '10 seconds'
        then greatest(j.next_at, clock_timestamp()) + greatest(4 * space, interval '0.5 second')
        else greatest(j.next_at, clock_timestamp() - interval '1 second') + space end,
      ended_at = case when j.done + 1 + j.failed + j.gone = j.total then clock_timestamp() end
  where j.id = p_job and j.ended_at is null;
  if not found then
    raise exception 'The work was stopped.' using errcode = 'OW409';
  end if;
  update orderweir.hold_job_step set outcome = 'done', answer = p_answer ->> 'answer' where job_id = p_job and hold_id = p_hold and outcome is null;
  if not found then
    raise exception 'Hold % has had its turn.', p_hold using errcode = 'OW409';
  end if;
  return p_answer;
end $$;
