-- Takes a number that is this session's for as long as it lasts.
create or replace function replica_enter() returns int language plpgsql as $$
declare
  number int := nextval('orderweir.replica_number');
begin
  perform pg_advisory_lock(hashtext('orderweir.replica'), number);
  return number;
end $$;
