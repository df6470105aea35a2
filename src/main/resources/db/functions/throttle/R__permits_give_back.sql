-- Gives the permits of ended calls back, and keeps what their answers told of the limits. What has not left is free at once; a slot of a window comes back
-- one window after its own call, one of the calls at once when the target is no longer working on it; a bucket tells in one place how full it is.
create or replace function permits_give_back(p_ends orderweir.call_end[], p_at timestamptz) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  told orderweir.call_end;
begin
  update orderweir.permit p
  set free_at = case
        when e.called_at is null then p_at
        when a.window_length = interval '0' then e.works_until
        else e.arrived_by + a.window_length
      end,
      holder = null
  from unnest(p_ends) e
  join orderweir.allowance a on a.connection = e.connection
  where p.holder = e.call and p.connection = a.connection and p.limit_name = a.limit_name and (a.leak is null or e.called_at is null);

  for told in
    select e.* from unnest(p_ends) e
    where e.called_at is not null and (e.because = 'too-fast' or not e.expired and exists (
      select from orderweir.allowance a where a.connection = e.connection and a.leak is not null))
    order by e.connection, e.ended_at, e.call
  loop
    perform orderweir.allowance_note(told, p_at);
  end loop;
end $$;
