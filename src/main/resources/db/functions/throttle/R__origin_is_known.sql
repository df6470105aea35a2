-- Whether this is the database the limits were counted in: a restored copy does not know the calls of its last window, and sql/throttle/after-restore.sql comes first.
create or replace function origin_is_known() returns boolean language plpgsql stable as $$
begin
  return exists (
    select from orderweir.origin o
    join pg_control_system() h on h.system_identifier = o.system_identifier
    where o.timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8));
end $$;
