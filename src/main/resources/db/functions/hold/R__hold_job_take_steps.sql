-- Takes up to so many steps of the work that people asked for, for half a minute: who dies is followed by another. No more replays than the
-- target can take wait at a time; while there is live work, or was in the last 10 s, a quarter of what it takes at once, and at least one.
create or replace function hold_job_take_steps(p_most int, p_at timestamptz) returns table (job bigint, hold bigint, tries smallint, what text, by text, request text) language plpgsql as $$
declare
  work orderweir.hold_job;
  room int;
  slots int;
begin
  for work in select * from orderweir.hold_job j where j.ended_at is null and j.next_at <= p_at order by j.id loop
    room := p_most;
    if work.connection is not null then
      if orderweir.hold_job_sees_live_work(work.connection) then
        work.live_at := p_at;
        update orderweir.hold_job j set live_at = p_at where j.id = work.id and j.live_at < p_at - interval '2 seconds';
      end if;
      select min(coalesce(a.opened, a.slots)) into slots from orderweir.allowance a where a.connection = work.connection and a.window_length = interval '0';
      room := least(room, case when work.live_at > p_at - interval '10 seconds' then greatest(1, coalesce(slots, 1) / 4) else 20 end - (
        select count(*) from (
          select from orderweir.delivery d where d.connection = work.connection and d.priority = 4 and d.claimable limit 20) w)::int - (
        select count(*) from orderweir.delivery d where d.state = 'sending' and d.connection = work.connection and d.priority = 4)::int);
    end if;
    return query
      update orderweir.hold_job_step t
      set leased_until = p_at + interval '30 seconds', tries = t.tries + 1
      from (
        select s.hold_id from orderweir.hold_job_step s
        where s.job_id = work.id and s.outcome is null and s.leased_until <= p_at
        order by s.hold_id
        limit greatest(0, room)
        for update skip locked) s
      where t.job_id = work.id and t.hold_id = s.hold_id
      returning t.job_id, t.hold_id, t.tries, work.what, work.started_by, work.request::text;
  end loop;
end $$;
