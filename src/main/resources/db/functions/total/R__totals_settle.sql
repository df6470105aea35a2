-- What ended calls that read back mean for the records they asked for. A call that was not answered changes nothing, and is made again, after a wait that is twice as long each time.
-- What is being changed meanwhile is read again after that. Whoever calls it holds the orders' rows.
create or replace function totals_settle(p_ends orderweir.call_end[], p_at timestamptz) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  told orderweir.call_end;
  read orderweir.lane;
  booked orderweir.delivery;
begin
  for told in select e.* from unnest(p_ends) e where e.purpose = 'check' order by e.call loop
    for read in select l.* from orderweir.lane l where l.read_call = told.call order by l.id for update loop
      select d.* into booked from orderweir.delivery d where d.lane_id = read.id and d.state in ('delivered', 'confirmed') order by d.seq desc limit 1;
      if told.outcome = 'done' and told.found is not null
          and not exists (select from orderweir.delivery d where d.lane_id = read.id and d.state in ('gated', 'ready', 'sending', 'unsure', 'held')) then
        perform orderweir.total_compare(read, booked, told.found ->> read.remote_id, told.reads, p_at);
      else
        update orderweir.lane
        set read_call = null,
            read_tries = case when told.outcome = 'done' then read_tries else read_tries + 1 end,
            read_at = p_at + case when told.outcome = 'done' then interval '0'
              else coalesce(make_interval(secs => told.wait), interval '3 seconds' * least(100, 2.0 ^ least(read_tries, 10))) end
        where id = read.id;
      end if;
    end loop;
  end loop;
end $$;
