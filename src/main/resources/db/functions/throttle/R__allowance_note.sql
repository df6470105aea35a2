-- What one call means for the limits it was made under: how full a bucket is after it, and a limit that was refused.
create or replace function allowance_note(p_end orderweir.call_end, p_at timestamptz) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  with
    tightened as (
      -- a bucket: this call is in it, too; what the target tells takes the place of our count, with less only when it had seen every call we have settled
      -- a refusal: of the limits per window the shortest, else the calls at once, goes back to what it took, or to a half if it did not take even that
      update orderweir.allowance a
      set emptied_at = case
            when a.leak is null then a.emptied_at
            when t.used is null then greatest(a.emptied_at, p_end.arrived_by) + a.leak
            when a.charged_at < p_end.called_at then p_end.arrived_by + a.leak * greatest(1, t.used)
            else greatest(greatest(a.emptied_at, p_end.arrived_by) + a.leak, p_end.arrived_by + a.leak * t.used)
          end,
          charged_at = case when a.leak is null then a.charged_at else greatest(a.charged_at, p_end.arrived_by) end,
          opened = case when not t.refused then a.opened when a.opened > a.good then a.good else greatest(1, coalesce(a.opened, a.slots) / 2) end,
          good = case when not t.refused then a.good when a.opened > a.good then a.good else greatest(1, coalesce(a.opened, a.slots) / 2) end,
          raise_at = case when not t.refused then a.raise_at else p_at + coalesce(make_interval(secs => p_end.closed_for), interval '0')
            + case when a.window_length = interval '0' then interval '5 seconds' else a.window_length end end,
          -- what had been claimed already may still be refused, which says nothing new
          slowed_at = case when t.refused then p_at + interval '0.2 second' else a.slowed_at end
      from (
        select l.limit_name,
               case when p_end.available is not null then greatest(0, l.slots + l.spared - floor(p_end.available / l.cost)) end as used,
               coalesce(p_end.because = 'too-fast', false) and p_end.called_at >= l.slowed_at
                 and row_number() over (order by l.window_length = interval '0', l.window_length, l.limit_name) = 1 as refused
        from orderweir.allowance l
        where l.connection = p_end.connection) t
      where a.connection = p_end.connection and a.limit_name = t.limit_name and (a.leak is not null or t.refused)
      returning a.limit_name, a.leak, a.emptied_at),
    bucket as materialized (
      -- slots of buckets that no other call holds: our own and used ones come back one leak after the other, the last when the bucket is empty
      select p.limit_name, p.slot, p.free_at, p.holder is not null as own, t.leak, t.emptied_at
      from tightened t
      join orderweir.permit p on p.connection = p_end.connection and p.limit_name = t.limit_name
      where t.leak is not null and (p.holder = p_end.call or p.holder is null and p_end.available is not null)
      order by p.limit_name, p.slot
      for update of p)
  update orderweir.permit p
  set free_at = k.back_at, holder = null
  from (
    select limit_name, slot, emptied_at - leak * (row_number() over (partition by limit_name order by own desc, free_at desc, slot) - 1) as back_at
    from bucket) k
  where p.connection = p_end.connection and p.limit_name = k.limit_name and p.slot = k.slot;
end $$;
