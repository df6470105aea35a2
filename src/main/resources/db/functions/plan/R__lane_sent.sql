-- What the target took last of the lane of a delivery that was just taken; null where nobody knows. It reads what stands behind the locks of the taking, and not what
-- the statement around it began with.
create or replace function lane_sent(p_delivery bigint) returns text language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
  return (select l.sent from orderweir.delivery d join orderweir.lane l on l.id = d.lane_id where d.id = p_delivery);
end $$;
