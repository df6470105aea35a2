-- It may have arrived: what comes after it is looked up, or goes to a person, where it is not repeatable. Comes before the turn is passed.
create or replace function lane_doubt() returns trigger language plpgsql as $$
begin
  update orderweir.lane set doubtful = true where id = new.lane_id;
  return null;
end $$;
