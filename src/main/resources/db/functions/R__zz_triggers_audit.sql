-- What stands in the audit log is neither changed nor taken out (L9).
create or replace trigger audit_is_kept before update or delete or truncate on audit for each statement execute function audit_keep();
