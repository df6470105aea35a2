-- Whether live work waits at a connection or is under way there; replays are not live.
create or replace function hold_job_sees_live_work(p_connection text) returns boolean language sql stable as $$
  select exists (select from orderweir.delivery d where d.connection = p_connection and d.priority < 4 and d.claimable and d.due_at <= clock_timestamp())
    or exists (select from orderweir.delivery d where d.state = 'sending' and d.connection = p_connection and d.priority < 4)
$$;
