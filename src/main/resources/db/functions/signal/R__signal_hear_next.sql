-- Hears the next signal. Returns null when there is none to hear now, else {message, answer} and, where it needs a person, the sentence. One call is
-- one transaction, of one order. What cannot be heard for whatever reason waits for a person; trouble of the database is the caller's.
create or replace function signal_hear_next(p_at timestamptz default clock_timestamp()) returns jsonb language plpgsql as $$
declare
  heard orderweir.signal;
begin
  select * into heard from orderweir.signal where state = 'waiting' and next_at <= p_at order by next_at, message_id limit 1 for update skip locked;
  if not found then
    return null;
  end if;
  begin
    return orderweir.signal_hear(heard, p_at);
  exception when others then
    if left(sqlstate, 2) in ('08', '40', '53', '57', '58', 'XX') then
      raise;
    end if;
    return orderweir.signal_hold(heard, 'not-heard', format('A %s could not be heard: %s. Correct it and release it, or discard it.', heard.kind, sqlerrm));
  end;
end $$;
