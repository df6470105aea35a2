-- It may have arrived: whether there is something to cancel is looked up. Comes before the turn is passed.
create or replace function lane_doubt() returns trigger language plpgsql as $$
begin
  update orderweir.lane set doubtful = doubtful or remote_id is null where id = new.lane_id;
  return null;
end $$;
