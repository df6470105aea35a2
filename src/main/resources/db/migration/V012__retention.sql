-- What was said by whom has an end: of what is finished only what later money needs is kept.
alter table payload
  alter column raw drop not null,
  set (autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_scale_factor = 0.02);
-- what can still be removed is found without a look at what was
create index payload_whole on payload (message_id) where raw is not null;
comment on column payload.raw is 'null after its retention; then canonical has nothing but totalPrice and currency, or is null';
