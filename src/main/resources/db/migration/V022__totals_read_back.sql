-- What a target makes of a record is read back where its connector can, many records in one call, and what waits for the record goes on when that is what its order comes to.
alter table lane add column read_at timestamptz, add column read_call bigint, add column read_total text;
comment on column lane.read_at is 'when it is read next what the target makes of the record; null = nothing is to be read, or it was';
comment on column lane.read_call is 'the call in which it is being read';
comment on column lane.read_total is 'what the target said that the record comes to, when it was read last; empty = nothing';
create index lane_to_read on lane (connection, read_at) where read_at is not null;
create index lane_in_read on lane (read_call) where read_call is not null;
alter table call drop constraint call_purpose, add constraint call_purpose check (purpose in ('deliver', 'tell', 'test', 'check'));
alter type call_end add attribute reads jsonb;
alter table hold add column accept_by text, add column accept_why text;
comment on column hold.accept_by is 'who would accept the difference; another person does';
