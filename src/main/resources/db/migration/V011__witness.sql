-- A ledger that was put back as it had been does not know what was asked of the targets since, and must not ask for it again.
alter table origin
  add column started_at timestamptz,
  add column restored_at timestamptz,
  add column quiet_at timestamptz,
  add column witness bigint not null default 0,
  add column calls bigint not null default 0,
  add constraint origin_restored check (num_nonnulls(restored_at, quiet_at) in (0, 2));
update origin set started_at = pg_postmaster_start_time();
comment on column origin.started_at is 'the start of the server since which this ledger is known to be the one that made the last calls: after another one the broker is asked';
comment on column origin.restored_at is 'when it was last found to have been put back: what was captured before may stand at a target already';
comment on column origin.quiet_at is 'until then a target may still be working on what was asked of it before';
comment on column origin.witness is 'told to the broker again and again, and larger each time calls were made: a ledger that knows a smaller one was put back';
comment on column origin.calls is 'the number of the last call when the witness grew';
comment on column lane.doubtful is 'the target may hold what the ledger does not know of: a call ended in the Error Hold bin while its outcome was unknown, or the ledger was put back';
