-- Something of a build has ended, so that its slot, or that of another build in the same lane, may not be needed any more.
create or replace function slot_doubt() returns trigger language plpgsql as $$
begin
  update orderweir.slot set doubtful = true
  where not doubtful and build_id in (select d.build_id from orderweir.delivery d where d.lane_id = new.lane_id and d.build_id is not null);
  return null;
end $$;
