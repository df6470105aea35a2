-- Whether this is the database, and its history, that made the last calls.
create or replace function origin_is_same() returns boolean language plpgsql stable as $$
begin
  return exists (
    select from orderweir.origin o
    join pg_control_system() h on h.system_identifier = o.system_identifier
    where o.timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8));
end $$;
