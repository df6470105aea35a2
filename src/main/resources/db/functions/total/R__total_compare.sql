-- Compares what a target makes of a record with what its order comes to, to the smallest unit. The same: what waits for it goes on. Anything else is held, with both numbers. A record of which
-- the target says nothing is read once more, a minute later: it may not have found it yet.
create or replace function total_compare(p_read orderweir.lane, p_booked orderweir.delivery, p_said text, p_reads jsonb, p_at timestamptz) returns void language plpgsql as $$
declare
  wanted numeric := orderweir.total_wanted(p_booked);
  said numeric := orderweir.total_number(p_said);
begin
  if wanted is not null and said is null and p_read.read_total is distinct from '' then
    update orderweir.lane set read_call = null, read_total = '', read_at = p_at + interval '1 minute' where id = p_read.id;
    return;
  end if;
  update orderweir.lane set read_call = null, read_at = null, read_total = coalesce(p_said, '') where id = p_read.id;
  if wanted <> said or wanted is not null and said is null then
    perform orderweir.total_again(p_booked, p_booked.found, jsonb_build_object('reason', 'money.differs', 'sentence', orderweir.total_words(p_booked, wanted, said, p_said)));
  end if;
end $$;
