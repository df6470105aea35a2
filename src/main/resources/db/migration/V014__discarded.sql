-- What was discarded can be taken up again, once.
alter table hold
  add column taken_up_at timestamptz,
  add column taken_up_by text,
  add constraint hold_taken_up_whole check (num_nonnulls(taken_up_at, taken_up_by) in (0, 2) and (taken_up_at is null or closed_at is not null));
create index hold_discarded on hold (closed_at, id) where resolution like 'discarded:%' and taken_up_at is null;

-- The log is looked through in parts.
drop function if exists audit_faults();

-- When somebody entered last.
create index audit_enter on audit (by, id) where action = 'access.enter';
