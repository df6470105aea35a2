-- Refuses every change of the audit log.
create or replace function audit_keep() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is only added to.' using errcode = 'OW403';
end $$;
