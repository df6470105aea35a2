-- The answer of a command, once it stands in the audit log. To be called last in its transaction: all commands queue here.
create or replace function audit_note(p_by text, p_action text, p_subject text, p_answer jsonb) returns jsonb language plpgsql as $$
declare
  last orderweir.audit_head;
  entry orderweir.audit;
begin
  select * into strict last from orderweir.audit_head for update;
  entry := row(last.id + 1, clock_timestamp(), p_by, p_action, coalesce(p_subject, ''), p_answer, last.hash, '');
  entry.hash := orderweir.audit_hash(entry);
  insert into orderweir.audit select entry.*;
  update orderweir.audit_head set id = entry.id, hash = entry.hash;
  return p_answer;
end $$;
