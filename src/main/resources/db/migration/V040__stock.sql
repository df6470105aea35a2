-- The ledger of stock: what exists of the units that some channels share, what each channel may sell of them, and every change of it. Nothing calls a channel with it yet.
create table stock (
  pool text primary key,
  on_hand bigint not null default 0,
  open bigint not null default 0,
  buffer bigint not null default 0,
  granted bigint not null default 0,
  position bigint,
  snapshot_id bigint,
  constraint stock_buffer check (buffer >= 0)
) with (fillfactor = 50);
comment on column stock.pool is 'one SKU in one warehouse, or in a group of warehouses that may ship for each other';
comment on column stock.on_hand is 'units that the warehouse counts';
comment on column stock.open is 'units of booked orders that it has not picked';
comment on column stock.buffer is 'units that nobody is given';
comment on column stock.granted is 'the sum of what the channels may still sell';
comment on column stock.position is 'the warehouse''s number of the last movement in its newest snapshot; null = it has no numbers';
comment on column stock.snapshot_id is 'the newest request whose snapshot was taken';
create table stock_grant (
  pool text not null references stock,
  connection text not null,
  kind text not null,
  given bigint not null default 0,
  orders bigint not null default 0,
  cancels bigint not null default 0,
  may_sell bigint not null generated always as (given - orders + cancels) stored,
  stale boolean not null default true,
  lifetime interval not null default '120 s',
  key_retention interval not null default '20 h',
  last_sent_at timestamptz not null default '-infinity',
  count_id bigint,
  orders_before bigint,
  cancels_before bigint,
  quantity bigint,
  primary key (pool, connection),
  constraint stock_grant_kind check (kind in ('keyed', 'compared', 'refusing', 'absolute')),
  constraint stock_grant_count check (num_nonnulls(count_id, orders_before, cancels_before) in (0, 3) and (quantity is null or count_id is not null))
) with (fillfactor = 50);
comment on column stock_grant.kind is 'what its stock call is: by so many with a key, from one number to another with a key, by so many and refused below zero, or to a number';
comment on column stock_grant.given is 'units ever put at its disposal: charged before a raise is sent, credited after a take-back is proven';
comment on column stock_grant.may_sell is 'at most so many can it sell that we have not heard of';
comment on column stock_grant.stale is 'it was never counted, or not since the books were put back: nothing of its pool is raised or taken back';
comment on column stock_grant.lifetime is 'so long after it was sent a request may still be executed';
comment on column stock_grant.key_retention is 'so long it remembers a key';
comment on column stock_grant.count_id is 'the count that is under way';
comment on column stock_grant.orders_before is 'orders that were booked when it began';
comment on column stock_grant.cancels_before is 'cancels that were booked when it began';
comment on column stock_grant.quantity is 'what it has read';
create sequence stock_count_number;
create table stock_call (
  id bigint generated always as identity primary key,
  pool text not null,
  connection text not null,
  what text not null,
  units bigint not null,
  base bigint,
  owed boolean not null default false,
  state text not null default 'planned',
  only_attempt boolean not null default true,
  planned_at timestamptz not null,
  first_sent_at timestamptz,
  foreign key (pool, connection) references stock_grant,
  constraint stock_call_what check (what in ('raise', 'take', 'close')),
  constraint stock_call_units check (units > 0 or what = 'close' and units = 0),
  constraint stock_call_state check (state in ('planned', 'sending', 'unsure', 'looking', 'done', 'refused', 'void')),
  constraint stock_call_sent check (state not in ('sending', 'unsure', 'looking', 'done', 'refused') or first_sent_at is not null)
) with (fillfactor = 70);
comment on column stock_call.id is 'the key that it is sent with, and sent again with';
comment on column stock_call.base is 'what the channel must show for it; null = it does not compare';
comment on column stock_call.owed is 'what it raises was charged before: it puts back what a take-back took of sold units';
comment on column stock_call.only_attempt is 'no earlier attempt of it can still be executed, so that a refusal is final';
create unique index stock_call_one on stock_call (pool, connection) where state in ('planned', 'sending', 'unsure', 'looking');
create table stock_entry (
  id bigint generated always as identity primary key,
  operation text not null unique,
  pool text not null references stock,
  connection text,
  what text not null,
  at timestamptz not null,
  on_hand bigint not null default 0,
  open bigint not null default 0,
  given bigint not null default 0,
  orders bigint not null default 0,
  cancels bigint not null default 0,
  position bigint
);
comment on column stock_entry.operation is 'what it is known by, so that it counts once';
comment on column stock_entry.position is 'the warehouse''s number of the movement';
create index stock_entry_pool on stock_entry (pool, id);
create table stock_snapshot (
  id bigint generated always as identity primary key,
  pool text not null references stock,
  after_entry bigint not null,
  asked_at timestamptz not null
);
comment on table stock_snapshot is 'requests for what a warehouse counts';
comment on column stock_snapshot.after_entry is 'the last change that was known when it was asked';
create index stock_snapshot_pool on stock_snapshot (pool, id);
