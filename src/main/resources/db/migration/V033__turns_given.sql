-- A shop's news that something moved among an order's goods gives the order its turn to be asked of. They name a part of the order as the shop ships it, so that its last answer is what says whose it is.
alter table gate add column parts text[];
comment on column gate.parts is 'the parts that the shop ships the order in, by its ids, as it said when it was asked last';
create index gate_by_part on gate using gin (parts) where parts is not null;
-- Turns at the shop that are given while somebody has the gate's row, or while its answer is on its way: whoever gives one waits for nobody. No row of it is referred to, and none refers to a gate's, whose key would be waited for.
create table turn_given (
  id bigint generated always as identity primary key,
  build_id bigint not null,
  gate text not null,
  at timestamptz not null default clock_timestamp()
);
comment on table turn_given is 'turns at the shop that were given while a gate was looked at; the next look takes them';
comment on column turn_given.at is 'when the shop is asked at the earliest';
create index turn_of_gate on turn_given (build_id, gate);
