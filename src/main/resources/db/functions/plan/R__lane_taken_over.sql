-- The key by which the record of a delivery that was just taken is looked for before anything is made, because another connector may have made it; null where nothing is to be adopted.
-- It reads what stands behind the locks of the taking.
create or replace function lane_taken_over(p_delivery bigint) returns text language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  return (select l.legacy_key from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.id = p_delivery and l.remote_id is null);
end $$;
