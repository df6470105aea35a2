-- Of what is wanted, what is something else than what its lane was asked last; the shop is told of a line that waits, and that it waits no more.
create or replace function plan_differs(p_wanted orderweir.wanted[]) returns orderweir.wanted[] language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  -- nothing waits: there is nothing to tell the shop
  select array_agg(case when w.notice = 'closed' and not exists (select from orderweir.gate g where g.build_id = w.build_id and g.opened_at is null)
    then jsonb_populate_record(w::orderweir.wanted, '{"cancel": true}') else w::orderweir.wanted end) into p_wanted
  from unnest(p_wanted) as w;

  select array_agg(w::orderweir.wanted) into p_wanted
  from unnest(p_wanted) as w
  left join orderweir.lane l on l.id = w.lane_id
  where case
    -- also of another build than the last, so that a gate of this one that closes finds what to tell
    when w.notice is not null and w.cancel then l.last_seq > 0 and (not l.cancelled or w.build_id is not null
      and not exists (select from orderweir.delivery d where d.lane_id = l.id and d.seq = l.last_seq and d.build_id = w.build_id))
    else (l.fingerprint, l.cancelled) is distinct from (w.fingerprint, w.cancel)
      -- what a closed gate had cancelled would be asked for again when it opens
      or w.cancel and exists (select from orderweir.delivery d where d.lane_id = l.id and d.seq = l.last_seq and d.cancel and d.build_id is not null)
    end;
  return p_wanted;
end $$;
