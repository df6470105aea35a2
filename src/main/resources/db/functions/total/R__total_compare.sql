-- Compares what a target makes of a record with what its order comes to, to the smallest unit. The same: what waits for it goes on, after the record was approved where the account wants that
-- (approve of p_reads). Within its tolerance the record gets a rounding line, once, and is read again. Anything else is held, with both numbers. A record of which the target says nothing is read
-- once more, a minute later: it may not have found it yet.
create or replace function total_compare(p_read orderweir.lane, p_booked orderweir.delivery, p_said text, p_reads jsonb, p_at timestamptz) returns void language plpgsql as $$
declare
  wanted numeric := orderweir.total_wanted(p_booked);
  said numeric := orderweir.total_number(p_said);
begin
  if wanted is not null and said is null and p_read.read_total is distinct from '' then
    update orderweir.lane set read_call = null, read_tries = 0, read_total = '', read_at = p_at + interval '1 minute' where id = p_read.id;
    return;
  end if;
  update orderweir.lane set read_call = null, read_tries = 0, read_at = null, read_total = coalesce(p_said, '') where id = p_read.id;
  if wanted is null or wanted = said then
    if jsonb_exists(p_reads, 'approve') then
      perform orderweir.total_approve(p_booked);
    end if;
  elsif abs(wanted - said) <= (p_reads ->> 'tolerance')::numeric and not coalesce(jsonb_exists(p_booked.found, 'rounding'), false) then
    perform orderweir.total_again(p_booked, jsonb_build_object('rounding', (wanted - said)::text), null);
  else
    -- whoever accepts it reads there what follows
    perform orderweir.total_again(p_booked, jsonb_build_object('approves', jsonb_exists(p_reads, 'approve')), jsonb_build_object('reason', 'money.differs', 'sentence', orderweir.total_words(p_booked, wanted, said, p_said)));
  end if;
end $$;
