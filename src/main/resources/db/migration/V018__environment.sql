-- A copy of a ledger must not call the targets of the original.
alter table origin add column environment text;
comment on column origin.environment is 'that of the processes that may call from this ledger, such as production; null: nobody said so yet';
