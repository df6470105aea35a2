-- How many calls a connection could make now, at most p_most: a look that locks nothing, before anything is taken. 0 while a configured limit is not written yet.
create or replace function permits_free(p_connection text, p_most int, p_ahead interval, p_limits int, p_at timestamptz) returns int language plpgsql stable
set enable_seqscan = off as $$
begin
  return (
    select case when count(*) >= coalesce(p_limits, 0) then coalesce(greatest(0, min(f.n)), 0) else 0 end
    from (
      select least(
               (select count(*) from (
                  select from orderweir.permit q
                  where q.connection = a.connection and q.limit_name = a.limit_name and q.free_at <= p_at + p_ahead
                  order by q.free_at
                  limit p_most) free),
               case when a.opened is not null and coalesce(a.raise_at > p_at, true) then a.opened - (
                 select count(*) from orderweir.permit b where b.connection = a.connection and b.limit_name = a.limit_name and b.free_at > p_at) end) as n
      from orderweir.allowance a
      where a.connection = p_connection) f);
end $$;
