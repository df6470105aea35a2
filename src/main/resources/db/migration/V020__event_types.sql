-- The types of events there are, as every start tells them from the folders it has: what is kept of a message goes by the kind of its type, and no function names a type.
-- A type that nobody declares any more stays, because its messages do.
create table event_type (
  type text primary key,
  kind text not null constraint event_type_kind check (kind in ('order', 'record', 'signal')),
  tells_product_types boolean not null default false,
  constraint event_type_tells check (not tells_product_types or kind = 'record')
);
comment on column event_type.kind is 'order: lines, parts and gates; record: one document, the newest counts; signal: a fact about something else';
comment on column event_type.tells_product_types is 'its productType decides which gates the lines of orders pass that name it';
-- what the ledger may hold already
insert into event_type (type, kind, tells_product_types) values ('order', 'order', false), ('product', 'record', true), ('signal', 'signal', false);
